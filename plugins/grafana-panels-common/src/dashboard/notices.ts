import type { DashboardNotice } from './types';

/** What was found while a dashboard was read. */
export class Notices {
  readonly all: DashboardNotice[] = [];

  /** Something is missing on the screen. */
  missing(code: string, message: string, panelId?: string): void {
    this.all.push({ code, severity: 'error', message, panelId });
  }

  /** Something is shown in another way than in Grafana. */
  approximated(code: string, message: string, panelId?: string): void {
    this.all.push({ code, severity: 'note', message, panelId });
  }
}

import type { DashboardDocument } from '@llm-platform/plugin-grafana-panels-common';
import type { Grafana } from '../grafana';
import type { DashboardSource, ListedDashboard } from './types';

/** The dashboards of one Grafana. */
export class GrafanaDashboards implements DashboardSource {
  readonly id: string;
  readonly #grafana: Grafana;

  constructor(grafana: Grafana) {
    this.id = grafana.id;
    this.#grafana = grafana;
  }

  async list(): Promise<{ items: ListedDashboard[]; problems: [] }> {
    const found = await this.#grafana.dashboards();
    return {
      items: found.map(dashboard => ({
        summary: {
          source: this.id,
          uid: dashboard.uid,
          title: dashboard.title,
          tags: dashboard.tags ?? [],
          folder: dashboard.folderTitle,
          url: this.#grafana.publicUrl(dashboard.url),
        },
        selectable: {
          title: dashboard.title,
          tags: dashboard.tags ?? [],
          url: this.#grafana.publicUrl(dashboard.url) ?? '',
          folderTitle: dashboard.folderTitle ?? '',
          folderUrl: this.#grafana.publicUrl(dashboard.folderUrl) ?? '',
        },
      })),
      problems: [],
    };
  }

  async get(uid: string): Promise<DashboardDocument> {
    const { dashboard, url, problems } = await this.#grafana.dashboard(uid);
    return {
      source: this.id,
      dashboard,
      url,
      problems: problems.map(message => ({ source: this.id, message })),
    };
  }
}

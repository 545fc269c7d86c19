import type {
  ModelDeploymentDetail,
  StartPhase,
  StartPhaseId,
} from '@llm-platform/plugin-models-common';

const TITLES: Record<StartPhaseId, string> = {
  scheduled: 'Scheduled',
  'node-ready': 'Node ready',
  'volume-bound': 'Volume bound',
  'image-pulled': 'Image pulled',
  'weights-downloaded': 'Weights downloaded',
  'weights-loaded': 'Weights loaded',
  compiled: 'Compiled',
  'kv-cache-sized': 'KV cache sized',
  ready: 'Ready',
};

/** A line for the task's log. */
export interface ProgressLine {
  level: 'info' | 'warn';
  text: string;
}

/** Turns what is seen of a start into log lines, each once. */
export class Progress {
  readonly #seen = new Set<string>();

  static create(): Progress {
    return new Progress();
  }

  private constructor() {}

  observe(model: ModelDeploymentDetail): ProgressLine[] {
    const { pod, phases } = model.timeline;
    const lines: ProgressLine[] = [];
    // One phase is under way at a time: naming it says what is being waited for.
    const current = phases.find(({ status }) => status === 'running');
    for (const phase of phases) {
      if (phase.status === 'done') {
        lines.push(
          ...this.#once(`done/${pod}/${phase.id}`, 'info', done(phase)),
        );
      }
    }
    if (current) {
      lines.push(
        ...this.#once(
          `running/${pod}/${current.id}`,
          'info',
          `… ${TITLES[current.id]}${evidence(current)}`,
        ),
      );
    }
    for (const finding of model.findings) {
      if (finding.severity !== 'info') {
        lines.push(
          ...this.#once(
            `finding/${finding.cause}`,
            'warn',
            `${finding.title}: ${finding.explanation} → ${finding.remedy}`,
          ),
        );
      }
    }
    return lines;
  }

  #once(
    key: string,
    level: ProgressLine['level'],
    text: string,
  ): ProgressLine[] {
    if (this.#seen.has(key)) {
      return [];
    }
    this.#seen.add(key);
    return [{ level, text }];
  }
}

function done(phase: StartPhase): string {
  return `✓ ${TITLES[phase.id]}${duration(phase)}${evidence(phase)}`;
}

function duration({ startedAt, finishedAt }: StartPhase): string {
  const ms = Date.parse(finishedAt ?? '') - Date.parse(startedAt ?? '');
  return Number.isNaN(ms) || ms < 0 ? '' : ` in ${(ms / 1000).toFixed(1)} s`;
}

function evidence(phase: StartPhase): string {
  return phase.evidence ? ` (${phase.evidence})` : '';
}

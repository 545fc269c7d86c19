import type {
  ModelDeploymentDetail,
  StartPhase,
  StartPhaseId,
} from '@llm-platform/plugin-models-common';

const TITLES: Record<StartPhaseId, { running: string; done: string }> = {
  scheduled: { running: 'Waiting for a node', done: 'Scheduled' },
  'node-ready': { running: 'Waiting for the node', done: 'Node ready' },
  'volume-bound': { running: 'Waiting for the volume', done: 'Volume bound' },
  'image-pulled': { running: 'Pulling the image', done: 'Image pulled' },
  'weights-downloaded': {
    running: 'Downloading the weights',
    done: 'Weights downloaded',
  },
  'weights-loaded': { running: 'Loading the weights', done: 'Weights loaded' },
  compiled: { running: 'Compiling', done: 'Compiled' },
  'kv-cache-sized': {
    running: 'Sizing the KV cache',
    done: 'KV cache sized',
  },
  ready: { running: 'Waiting until it answers', done: 'Ready' },
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
          `… ${TITLES[current.id].running}${evidence(current)}`,
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
  return `✓ ${TITLES[phase.id].done}${duration(phase)}${evidence(phase)}`;
}

function duration({ startedAt, finishedAt }: StartPhase): string {
  const ms = Date.parse(finishedAt ?? '') - Date.parse(startedAt ?? '');
  return Number.isNaN(ms) || ms < 0 ? '' : ` in ${(ms / 1000).toFixed(1)} s`;
}

function evidence(phase: StartPhase): string {
  return phase.evidence ? ` (${phase.evidence})` : '';
}

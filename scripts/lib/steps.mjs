import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { StoppedError } from './errors.mjs';
import { duration, say } from './output.mjs';

/**
 * The steps of a start: printed here, and written to a file that the portal's
 * home page shows while the rest comes up.
 */
export class Steps {
  #file;
  #isStopping;
  #steps;

  /**
   * @param {{id: string, title: string, background?: boolean}[]} definitions
   *   `background`: it goes on when the start is over
   * @param {() => boolean} isStopping what ends then has not failed
   */
  constructor(file, definitions, isStopping = () => false) {
    this.#file = file;
    this.#isStopping = isStopping;
    this.#steps = new Map(
      definitions.map(definition => [
        definition.id,
        { ...definition, status: 'pending' },
      ]),
    );
    this.#write();
  }

  /** Runs one step: prints its start, progress, end and duration. */
  async run(id, work) {
    if (this.#isStopping()) {
      throw new StoppedError();
    }
    this.update(id, { status: 'running' });
    try {
      const result = await work(message =>
        this.update(id, { status: 'running', message }),
      );
      this.update(id, { status: 'done' });
      return result;
    } catch (error) {
      this.update(id, { status: 'failed', message: firstLine(error.message) });
      throw error;
    }
  }

  update(id, { status, message }) {
    const step = this.#steps.get(id);
    // Some are done twice, by the launcher and by dev-cluster itself: the
    // second time is only a look into the cache.
    if (!step || step.status === 'done' || this.#isStopping()) {
      return;
    }
    const now = new Date();
    const before = step.status;
    step.status = status;
    if (message !== undefined) {
      step.message = message;
    }
    if (before === 'pending' && status !== 'pending') {
      step.startedAt = now.toISOString();
      say(`${step.title} …`);
    }
    if (status === 'running' && message !== undefined) {
      say(`  ${message}`);
    }
    if (
      (status === 'done' || status === 'failed') &&
      step.finishedAt === undefined
    ) {
      step.finishedAt = now.toISOString();
      const took = duration(now.getTime() - Date.parse(step.startedAt));
      say(`${step.title}: ${status === 'done' ? 'done' : 'FAILED'} (${took})`);
    }
    this.#write();
  }

  #write() {
    mkdirSync(path.dirname(this.#file), { recursive: true });
    writeFileSync(
      `${this.#file}.tmp`,
      JSON.stringify([...this.#steps.values()], undefined, 2),
    );
    renameSync(`${this.#file}.tmp`, this.#file);
  }
}

function firstLine(text) {
  return text.split('\n')[0];
}

import { randomUUID } from 'node:crypto';
import {
  appendFile,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { join } from 'node:path';
import { EnvironmentError, ServiceError } from '@llm-platform/service-kit';
import type { EvaluationRequest } from '../evaluations/request';
import {
  countsOf,
  isOver,
  itemResult,
  summary,
  type ItemResult,
  type Summary,
} from '../evaluations/records';

/** How an evaluation was asked for. */
export interface StoredRequest {
  request: EvaluationRequest;
  /** Of the request that created it: the whole evaluation is one trace. */
  traceparent: string;
}

export interface StoreLimits {
  evaluations: number;
  bytes: number;
}

const REQUEST = 'request.json';
const STATE = 'state.json';
const RESULTS = 'results.jsonl';
const ID = /^[0-9a-f-]{36}$/;

interface Entry {
  summary: Summary;
  bytes: number;
}

/** Either the old content or the new one is there, whenever the process ends. */
async function writeAtomically(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  const file = await open(temporary, 'wx');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}

/**
 * Evaluations in a directory, each in one of its own: what was asked, its
 * state, and a line per result in the order in which they came. A line that
 * was cut off by the end of the process is as good as none.
 */
export class EvaluationStore {
  private readonly entries = new Map<string, Entry>();

  private constructor(
    private readonly directory: string,
    private readonly limits: StoreLimits,
  ) {}

  /**
   * Reads what is there.
   *
   * @throws EnvironmentError where the directory can't be used
   */
  static async open(
    directory: string,
    limits: StoreLimits,
    onProblem: (message: string) => void,
  ): Promise<EvaluationStore> {
    const store = new EvaluationStore(directory, limits);
    try {
      await mkdir(directory, { recursive: true });
      const probe = join(directory, `.${randomUUID()}.tmp`);
      await writeAtomically(probe, '');
      await rm(probe);
    } catch (error) {
      throw new EnvironmentError([
        `DATA_DIR: '${directory}' is not a directory that can be written to (${
          (error as NodeJS.ErrnoException).code
        })`,
      ]);
    }
    for (const name of await readdir(directory)) {
      const path = join(directory, name);
      if (ID.test(name)) {
        await store
          .load(name)
          .catch(() => onProblem(`evaluation ${name} can't be read`));
      } else if (name.endsWith('.tmp')) {
        // Half of something that was never there.
        await rm(path, { recursive: true, force: true });
      }
    }
    return store;
  }

  /** The newest first. */
  list(): Summary[] {
    return [...this.entries.values()]
      .map(entry => entry.summary)
      .sort((a, b) => (a.created_at < b.created_at ? 1 : -1));
  }

  get(id: string): Summary {
    return this.entryOf(id).summary;
  }

  async requestOf(id: string): Promise<StoredRequest> {
    this.entryOf(id);
    return JSON.parse(await readFile(this.path(id, REQUEST), 'utf8'));
  }

  async resultsOf(id: string): Promise<ItemResult[]> {
    this.entryOf(id);
    return this.readResults(id);
  }

  /**
   * Keeps a new evaluation. Where there is no room, the oldest that are over
   * make some.
   *
   * @throws ServiceError `storage_full` where that doesn't suffice
   */
  async create(stored: StoredRequest): Promise<Summary> {
    const text = JSON.stringify(stored);
    const bytes = Buffer.byteLength(text);
    await this.makeRoom(bytes);
    const id = randomUUID();
    const { request } = stored;
    const created: Summary = {
      id,
      ...(request.name !== undefined && { name: request.name }),
      status: 'queued',
      created_at: new Date().toISOString(),
      counts: countsOf(request.items.length, []),
    };
    this.entries.set(id, { summary: created, bytes });
    try {
      const temporary = join(this.directory, `${id}.tmp`);
      await mkdir(temporary);
      await writeAtomically(join(temporary, REQUEST), text);
      await writeAtomically(join(temporary, STATE), JSON.stringify(created));
      await rename(temporary, join(this.directory, id));
    } catch (error) {
      this.entries.delete(id);
      throw error;
    }
    return created;
  }

  /** Replaces the state; the counts follow from the results. */
  async update(changed: Summary): Promise<void> {
    this.entryOf(changed.id).summary = changed;
    await writeAtomically(
      this.path(changed.id, STATE),
      JSON.stringify(changed),
    );
  }

  async append(id: string, result: ItemResult): Promise<void> {
    const line = `${JSON.stringify(result)}\n`;
    this.entryOf(id).bytes += Buffer.byteLength(line);
    await appendFile(this.path(id, RESULTS), line);
  }

  async delete(id: string): Promise<void> {
    this.entryOf(id);
    this.entries.delete(id);
    // By renaming it first, it is gone as a whole or not at all.
    const doomed = join(this.directory, `${id}.${randomUUID()}.tmp`);
    await rename(join(this.directory, id), doomed);
    await rm(doomed, { recursive: true, force: true });
  }

  private async makeRoom(bytes: number): Promise<void> {
    const isFull = () =>
      this.entries.size >= this.limits.evaluations ||
      this.usedBytes() + bytes > this.limits.bytes;
    const over = this.list().filter(({ status }) => isOver(status));
    while (isFull()) {
      const oldest = over.pop();
      if (!oldest) {
        throw new ServiceError(
          'storage_full',
          `This service keeps ${this.limits.evaluations} evaluations and ${this.limits.bytes} bytes at most, and none that is over is left to make room.`,
        );
      }
      await this.delete(oldest.id);
    }
  }

  private usedBytes(): number {
    let used = 0;
    for (const entry of this.entries.values()) {
      used += entry.bytes;
    }
    return used;
  }

  private entryOf(id: string): Entry {
    const entry = this.entries.get(id);
    if (!entry) {
      throw new ServiceError(
        'evaluation_not_found',
        'There is no such evaluation.',
      );
    }
    return entry;
  }

  private path(id: string, file: string): string {
    return join(this.directory, id, file);
  }

  private async load(id: string): Promise<void> {
    const state = summary.parse(
      JSON.parse(await readFile(this.path(id, STATE), 'utf8')),
    );
    const results = await this.readResults(id);
    let bytes = (await stat(this.path(id, REQUEST))).size;
    for (const result of results) {
      bytes += Buffer.byteLength(JSON.stringify(result)) + 1;
    }
    this.entries.set(id, {
      summary: { ...state, counts: countsOf(state.counts.total, results) },
      bytes,
    });
    if (!isOver(state.status)) {
      // What follows must not be glued to a line that was cut off.
      await writeAtomically(
        this.path(id, RESULTS),
        results.map(result => `${JSON.stringify(result)}\n`).join(''),
      );
    }
  }

  private async readResults(id: string): Promise<ItemResult[]> {
    const text = await readFile(this.path(id, RESULTS), 'utf8').catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') {
          return '';
        }
        throw error;
      },
    );
    return text.split('\n').flatMap(line => {
      try {
        return itemResult.parse(JSON.parse(line));
      } catch {
        return [];
      }
    });
  }
}

import { readdir, readFile, stat } from 'fs/promises';
import path from 'path';
import { NotFoundError, toError } from '@backstage/errors';
import {
  FILES_SOURCE,
  type DashboardDocument,
  type DashboardProblem,
} from '@llm-platform/plugin-grafana-panels-common';
import { z } from 'zod';
import type { DashboardSource, ListedDashboard } from './types';

const MAX_FILES = 500;
const MAX_BYTES = 5 * 1024 * 1024;

/** The rest is the reader's matter. */
const fileSchema = z.looseObject({
  uid: z.string().min(1).optional(),
  title: z.string().min(1).optional(),
  tags: z.array(z.string()).optional(),
});

interface FoundFile {
  file: string;
  folder?: string;
}

interface ReadFile {
  /** Size and time of change, by which a changed file is noticed. */
  version: string;
  dashboard: ListedDashboard;
  json: unknown;
}

/** Dashboards as JSON files in a directory and its subdirectories' first level. A changed file is read again. */
export class FileDashboards implements DashboardSource {
  readonly id = FILES_SOURCE;
  readonly #directory: string;
  #files = new Map<string, ReadFile>();

  constructor(directory: string) {
    this.#directory = path.resolve(directory);
  }

  async list(): Promise<{
    items: ListedDashboard[];
    problems: DashboardProblem[];
  }> {
    const { byUid, problems } = await this.#read();
    return {
      items: [...byUid.values()].map(({ dashboard }) => dashboard),
      problems,
    };
  }

  async get(uid: string): Promise<DashboardDocument> {
    const { byUid, problems } = await this.#read();
    const found = byUid.get(uid);
    if (!found) {
      const reasons = problems.map(({ message }) => message).join(' ');
      throw new NotFoundError(
        `There is no dashboard '${uid}' in the portal's files.${
          reasons && ` Not read: ${reasons}`
        }`,
      );
    }
    return { source: this.id, dashboard: found.json, problems: [] };
  }

  async #read(): Promise<{
    byUid: Map<string, ReadFile>;
    problems: DashboardProblem[];
  }> {
    const problems: DashboardProblem[] = [];
    const byUid = new Map<string, ReadFile>();
    const files = new Map<string, ReadFile>();
    const report = (message: string) =>
      problems.push({ source: this.id, message });
    for (const found of await this.#find(report)) {
      try {
        const read = await this.#readFile(found);
        files.set(found.file, read);
        const { uid } = read.dashboard.summary;
        if (byUid.has(uid)) {
          report(`${found.file} has the uid "${uid}" of another file.`);
        } else {
          byUid.set(uid, read);
        }
      } catch (error) {
        report(`${found.file}: ${toError(error).message}`);
      }
    }
    this.#files = files;
    return { byUid, problems };
  }

  async #find(report: (message: string) => void): Promise<FoundFile[]> {
    const found: FoundFile[] = [];
    try {
      for (const entry of await this.#entries('')) {
        if (entry.isDirectory) {
          const inside = await this.#entries(entry.name);
          found.push(
            ...inside
              .filter(({ isDirectory }) => !isDirectory)
              .map(({ name }) => ({
                file: path.join(entry.name, name),
                folder: entry.name,
              })),
          );
        } else {
          found.push({ file: entry.name });
        }
      }
    } catch (error) {
      report(`The directory can't be read: ${codeOf(error)}.`);
    }
    const dashboards = found.filter(({ file }) => file.endsWith('.json'));
    if (dashboards.length > MAX_FILES) {
      report(`Only the first ${MAX_FILES} files are read.`);
    }
    return dashboards.slice(0, MAX_FILES);
  }

  /** A mounted ConfigMap is links into a hidden directory: links are followed, hidden names left out. */
  async #entries(
    folder: string,
  ): Promise<Array<{ name: string; isDirectory: boolean }>> {
    const directory = path.join(this.#directory, folder);
    const names = (await readdir(directory)).filter(
      name => !name.startsWith('.'),
    );
    const entries = await Promise.all(
      names.sort().map(async name => ({
        name,
        isDirectory: await stat(path.join(directory, name)).then(
          found => found.isDirectory(),
          // Gone in the meantime, or a link to nothing: reading it says so
          () => false,
        ),
      })),
    );
    return entries;
  }

  async #readFile({ file, folder }: FoundFile): Promise<ReadFile> {
    const full = path.join(this.#directory, file);
    const { size, mtimeMs } = await stat(full).catch(error => {
      throw new Error(`can't be read: ${codeOf(error)}.`);
    });
    if (size > MAX_BYTES) {
      throw new Error(`is larger than ${MAX_BYTES / 1024 / 1024} MiB.`);
    }
    const version = `${size} ${mtimeMs}`;
    const known = this.#files.get(file);
    if (known?.version === version) {
      return known;
    }
    const json = parse(await readFile(full, 'utf8'));
    const parsed = fileSchema.safeParse(json);
    if (!parsed.success) {
      throw new Error(`is no dashboard: ${z.prettifyError(parsed.error)}.`);
    }
    const stem = path.basename(file, '.json');
    const { uid = stem, title = stem, tags = [] } = parsed.data;
    return {
      version,
      json,
      dashboard: {
        summary: { source: this.id, uid, title, tags, folder },
        selectable: {
          title,
          tags,
          url: '',
          folderTitle: folder ?? '',
          folderUrl: '',
        },
      },
    };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`is no JSON: ${toError(error).message}.`);
  }
}

/** Without the path, which is the server's matter. */
function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code ?? 'unknown error');
}

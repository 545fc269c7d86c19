import type { Entity } from '@backstage/catalog-model';
import { InputError, NotFoundError, toError } from '@backstage/errors';
import type {
  DashboardDocument,
  DashboardList,
  DashboardProblem,
} from '@llm-platform/plugin-grafana-panels-common';
import { parseSelector, type Selectable } from './selector';
import type { DashboardSource, ListedDashboard } from './types';

/** Annotations of the community's Grafana plugin, so that entities need no new ones. */
const SELECTOR = 'grafana/dashboard-selector';
const TAG = 'grafana/tag-selector';
const HOST = 'grafana/host-id';

/** All sources of dashboards as one. A source that fails is named, the others are there all the same. */
export class Dashboards {
  readonly #sources: DashboardSource[];

  constructor(sources: DashboardSource[]) {
    this.#sources = sources;
  }

  async list(): Promise<DashboardList> {
    return this.#list(this.#sources, () => true);
  }

  /** Those that the entity's annotations select; none without an annotation. Throws an InputError for a wrong one. */
  async listFor(entity: Entity): Promise<DashboardList> {
    const annotations = entity.metadata.annotations ?? {};
    const selector = annotations[SELECTOR];
    const tag = annotations[TAG];
    const host = annotations[HOST];
    if (host && !this.#sources.some(({ id }) => id === host)) {
      throw new InputError(
        `The entity's annotation ${HOST} names '${host}', which is not configured`,
      );
    }
    const sources = this.#sources.filter(({ id }) => !host || id === host);
    if (selector) {
      return this.#list(sources, parseSelector(selector));
    }
    return tag
      ? this.#list(sources, ({ tags }) => tags.includes(tag))
      : { items: [], problems: [] };
  }

  async get(source: string, uid: string): Promise<DashboardDocument> {
    const found = this.#sources.find(({ id }) => id === source);
    if (!found) {
      throw new NotFoundError(`There is no source of dashboards '${source}'`);
    }
    return found.get(uid);
  }

  async #list(
    sources: DashboardSource[],
    isWanted: (dashboard: Selectable) => boolean,
  ): Promise<DashboardList> {
    const lists = await Promise.all(sources.map(listOrProblem));
    return {
      items: lists
        .flatMap(({ items }) => items)
        .filter(({ selectable }) => isWanted(selectable))
        .map(({ summary }) => summary)
        .sort((a, b) => a.title.localeCompare(b.title, 'en')),
      problems: lists.flatMap(({ problems }) => problems),
    };
  }
}

async function listOrProblem(source: DashboardSource): Promise<{
  items: ListedDashboard[];
  problems: DashboardProblem[];
}> {
  try {
    return await source.list();
  } catch (error) {
    return {
      items: [],
      problems: [{ source: source.id, message: toError(error).message }],
    };
  }
}

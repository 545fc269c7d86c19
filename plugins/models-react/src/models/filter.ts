import type {
  ModelDeploymentSummary,
  ModelState,
} from '@llm-platform/plugin-models-common';
import { STATE_ORDER } from '../state';

/** @public */
export interface ModelsFilter {
  text: string;
  states: ModelState[];
  team: string;
}

/** @public */
export type SortKey = 'name' | 'state' | 'team' | 'age';

/** @public */
export interface Sort {
  key: SortKey;
  descending: boolean;
}

/** Rows that match, in a stable order: what is read must not move. @public */
export function selectModels(
  models: ModelDeploymentSummary[],
  filter: ModelsFilter,
  sort: Sort,
): ModelDeploymentSummary[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return models
    .filter(model => {
      if (filter.team && model.team !== filter.team) {
        return false;
      }
      if (filter.states.length && !filter.states.includes(model.state)) {
        return false;
      }
      const text = [
        model.name,
        model.modelId,
        model.team,
        model.namespace,
        model.cluster,
        model.state,
        model.reason ?? '',
        model.gpus.product ?? '',
      ]
        .join(' ')
        .toLowerCase();
      return words.every(word => text.includes(word));
    })
    .sort((a, b) => {
      const order = compare(a, b, sort.key) * (sort.descending ? -1 : 1);
      return order || identity(a).localeCompare(identity(b));
    });
}

function compare(
  a: ModelDeploymentSummary,
  b: ModelDeploymentSummary,
  key: SortKey,
): number {
  switch (key) {
    case 'state':
      return STATE_ORDER.indexOf(a.state) - STATE_ORDER.indexOf(b.state);
    case 'team':
      return a.team.localeCompare(b.team);
    case 'age':
      return b.createdAt.localeCompare(a.createdAt);
    default:
      return a.name.localeCompare(b.name);
  }
}

function identity(model: ModelDeploymentSummary): string {
  return `${model.name}/${model.namespace}/${model.cluster}`;
}

/**
 * How many are in each state, in the order of urgency; empty states are left out.
 *
 * @public
 */
export function countStates(
  models: Array<{ state: ModelState }>,
): Array<{ state: ModelState; count: number }> {
  return STATE_ORDER.map(state => ({
    state,
    count: models.filter(model => model.state === state).length,
  })).filter(entry => entry.count > 0);
}

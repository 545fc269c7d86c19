import type { Entity } from '@backstage/catalog-model';
import {
  filterPredicateToFilterFunction,
  type FilterPredicate,
} from '@backstage/filter-predicates';
import type { PanelPlacement } from '../placement';

export interface EntityPanelPlacement extends PanelPlacement {
  /** Which entities have it; all without one. */
  filter?: FilterPredicate;
}

/** Those of the placed panels that are for an entity. */
export function panelsFor(
  placed: readonly EntityPanelPlacement[],
  entity: Entity,
): EntityPanelPlacement[] {
  return placed.filter(
    ({ filter }) =>
      filter === undefined || filterPredicateToFilterFunction(filter)(entity),
  );
}

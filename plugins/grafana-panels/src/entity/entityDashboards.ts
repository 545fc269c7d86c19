import type { Entity } from '@backstage/catalog-model';
import {
  filterPredicateToFilterFunction,
  type FilterPredicate,
} from '@backstage/filter-predicates';
import { fillVariables, refOf, type DashboardPlacement } from '../placement';
import { factsOf } from './factsOf';

const SELECTORS = ['grafana/dashboard-selector', 'grafana/tag-selector'];

export interface EntityDashboardPlacement extends DashboardPlacement {
  filter: FilterPredicate;
}

export interface EntityDashboard {
  source: string;
  uid: string;
  variables: Record<string, string[]>;
}

/** Whether its annotations say which dashboards it has. */
export function selectsDashboards(entity: Entity): boolean {
  return SELECTORS.some(name => entity.metadata.annotations?.[name]);
}

/** The dashboard of an entity without such an annotation: of the first rule that it matches. */
export function defaultDashboard(
  rules: readonly EntityDashboardPlacement[],
  entity: Entity,
): EntityDashboard | undefined {
  const rule = rules.find(({ filter }) =>
    filterPredicateToFilterFunction(filter)(entity),
  );
  return (
    rule && {
      ...refOf(rule.dashboard),
      variables: fillVariables(rule.variables, factsOf(entity)),
    }
  );
}

import {
  enforceSelector,
  enforceTeams,
  selectorOf,
  type Enforced,
  type TeamScope,
} from '@llm-platform/plugin-grafana-panels-common';
import type { DataSource } from '../dataSources';
import { QueryFailure } from '../failures';
import type { Viewer } from '../viewers';

/** The expression that may be asked for this viewer. Throws a QueryFailure `refused`. */
export function expressionFor(
  viewer: Viewer,
  source: DataSource,
  expr: string,
): string {
  const scope = scopeOf(viewer, source);
  return scope ? accepted(enforceTeams(expr, scope)) : expr.trim();
}

/** The selectors for `match[]` of this viewer, never none for who is limited. Throws a QueryFailure `refused`. */
export function selectorsFor(
  viewer: Viewer,
  source: DataSource,
  match: string[],
): string[] {
  const scope = scopeOf(viewer, source);
  if (!scope) {
    return match;
  }
  return match.length === 0
    ? [selectorOf(scope)]
    : match.map(selector => accepted(enforceSelector(selector, scope)));
}

function scopeOf(viewer: Viewer, source: DataSource): TeamScope | undefined {
  return viewer.teams === 'all'
    ? undefined
    : { label: source.teamLabel, teams: viewer.teams };
}

function accepted(enforced: Enforced): string {
  if (!enforced.ok) {
    throw new QueryFailure('refused', enforced.reason);
  }
  return enforced.expr;
}

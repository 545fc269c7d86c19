import {
  interpolatePromql,
  interpolateText,
  referencedNames,
  withInterval,
  type Panel,
  type Target,
  type VariableScope,
} from '@llm-platform/plugin-grafana-panels-common';
import { stepOf, type Question } from '../query';
import { resolveDataSource, type KnownDataSource } from '../sources';
import type { TimeRangeMs } from '../types';

/** One question of a panel, and what becomes of its answer. */
export interface Asked {
  refId: string;
  question: Question;
  legendFormat?: string;
  format: Target['format'];
}

/** What a panel asks, or why one of its queries can't be asked. */
export interface Plan {
  asked: Asked[];
  refused?: { code: string; message: string };
  /** What the reader chose of the variables that the transformations name. */
  transformedBy: unknown[];
  /** Says whether two plans ask the same, perhaps at other times. */
  identity: string;
}

/** Everything that a panel's queries are, with variables put in. */
export function planOf(
  panel: Panel,
  context: {
    scope: VariableScope;
    range: TimeRangeMs;
    width: number;
    source: string;
    dataSources: readonly KnownDataSource[];
  },
): Plan {
  const { scope, range, width, source, dataSources } = context;
  const asked: Asked[] = [];
  const identity: unknown[] = [];
  let refused: Plan['refused'];
  for (const target of panel.targets) {
    if (target.hide) {
      continue;
    }
    const resolved = resolveDataSource(
      target.dataSource ?? panel.dataSource,
      scope,
      source,
      dataSources,
    );
    if ('error' in resolved) {
      refused ??= resolved.error;
      continue;
    }
    if (target.expr.trim() === '') {
      continue;
    }
    const step = stepOf(panel, target, range, width, scope);
    const expr = interpolatePromql(target.expr, withInterval(scope, step));
    const legendFormat =
      target.legendFormat && interpolateText(target.legendFormat, scope);
    identity.push([resolved.ref, target, valuesIn(target.expr, scope)]);
    for (const instant of modesOf(target)) {
      asked.push({
        refId: target.refId,
        legendFormat,
        format: target.format,
        question: {
          dataSource: resolved.ref,
          range,
          query: { expr, instant, stepSeconds: step.stepMs / 1_000 },
        },
      });
    }
  }
  const transformedBy = valuesIn(panel.transformations, scope);
  identity.push(panel.transformations, transformedBy);
  return { asked, refused, transformedBy, identity: JSON.stringify(identity) };
}

/** Range, instant, or both. */
function modesOf(target: Target): boolean[] {
  return [...(target.range ? [false] : []), ...(target.instant ? [true] : [])];
}

/** What the reader chose of the variables in texts; times and steps move on by themselves. */
function valuesIn(texts: unknown, scope: VariableScope): unknown[] {
  return [...referencedNames(texts)]
    .filter(name => !name.startsWith('__'))
    .map(name => scope.get(name)?.value);
}

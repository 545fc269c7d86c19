import type { DataFrame } from '@grafana/data';
import {
  interpolateText,
  type Panel,
  type VariableScope,
} from '@llm-platform/plugin-grafana-panels-common';
import { framesOf, type Answer } from '../frames';
import type { QueryBatcher } from '../query';
import { transform } from '../transformations';
import type { TimeRangeMs } from '../types';
import type { Plan } from './plan';

/** What a panel has after its questions were answered. */
export interface PanelAnswer {
  frames: DataFrame[];
  /** That was asked about. */
  range: TimeRangeMs;
  /** The first query that failed; the frames are those of the others. */
  error?: { code: string; message: string };
  /** Unix milliseconds of the oldest answer. */
  asOf?: number;
  executed: Record<string, string>;
  /** What Prometheus or the portal remarked on the answers, each once. */
  warnings: string[];
}

/**
 * Asks all of a panel's questions and makes frames of the answers, transformed as the panel says.
 *
 * @throws Error when a request fails as a whole
 */
export async function readPanel(
  panel: Panel,
  plan: Plan,
  range: TimeRangeMs,
  scope: VariableScope,
  batcher: QueryBatcher,
  signal: AbortSignal,
): Promise<PanelAnswer> {
  const results = await Promise.all(
    plan.asked.map(({ question }) => batcher.ask(question, signal)),
  );
  const answers: Answer[] = [];
  const executed: Record<string, string> = {};
  let error = plan.refused;
  results.forEach((result, index) => {
    const { refId, question, legendFormat, format } = plan.asked[index];
    const { expr, instant = false, stepSeconds } = question.query;
    executed[refId] = result.executedExpr ?? expr;
    error ??= result.error;
    if (result.series) {
      answers.push({
        refId,
        expr,
        legendFormat,
        format,
        instant,
        stepSeconds: result.stepSeconds ?? stepSeconds,
        series: result.series,
        executed: executed[refId],
      });
    }
  });
  const asOf = results.length
    ? Math.min(...results.map(result => result.asOf))
    : undefined;
  const warnings = [
    ...new Set(results.flatMap(result => result.warnings ?? [])),
  ];
  try {
    const frames = await transform(
      framesOf(answers),
      panel.transformations,
      text => interpolateText(text, scope, 'glob'),
    );
    return { frames, range, error, asOf, executed, warnings };
  } catch (caught) {
    const message = caught instanceof Error ? caught.message : String(caught);
    return {
      frames: [],
      range,
      error: error ?? { code: 'transformation', message },
      asOf,
      executed,
      warnings,
    };
  }
}

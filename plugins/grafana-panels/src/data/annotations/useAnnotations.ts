import { useRef } from 'react';
import { useQueries, type QueryClient } from '@tanstack/react-query';
import {
  interpolatePromql,
  interpolateText,
  parseDuration,
  referencedNames,
  withInterval,
  type AnnotationSource,
  type DashboardNotice,
} from '@llm-platform/plugin-grafana-panels-common';
import { errorOfQuery, FinalError } from '../failures';
import { stepOf, type QueryBatcher } from '../query';
import { useUnchanged } from '../react/useUnchanged';
import { resolveDataSource, type KnownDataSource } from '../sources';
import type { AnnotationMark, TimeRangeMs } from '../types';
import type { LiveChain } from '../variables';
import { marksOf } from './marks';

/** Points of an annotation query: marks needn't be nearer to each other. */
const POINTS = 500;

const DEFAULT_STEP_MS = 60_000;

const NONE: AnnotationMark[] = [];

const NO_SOURCES: readonly KnownDataSource[] = [];

/** Marks of one annotation. */
export interface AnnotationMarks {
  source: AnnotationSource;
  marks: AnnotationMark[];
}

/** Of the newest attempt that came to an end. */
interface Known {
  marks: AnnotationMark[];
  error?: Error;
}

/**
 * Asks for the marks of all annotations that are switched on; those of before stay while that is under way or fails, and
 * failing is said.
 */
export function useAnnotations(input: {
  sources: readonly AnnotationSource[];
  switched: Readonly<Record<string, boolean>>;
  chain: LiveChain;
  range: TimeRangeMs;
  /** Another one asks again. */
  readAt: number;
  source: string;
  /** Undefined: not read yet. */
  dataSources: readonly KnownDataSource[] | undefined;
  batcher: QueryBatcher;
  client: QueryClient;
}): { annotations: AnnotationMarks[]; problems: DashboardNotice[] } {
  const { batcher, chain, client, dataSources, range, readAt, source } = input;
  const shown = input.sources.filter(
    ({ name, enabled }) => input.switched[name] ?? enabled,
  );
  const questions = shown.map(annotation => {
    const names = referencedNames([annotation.expr, annotation.dataSource]);
    const resolved = resolveDataSource(
      annotation.dataSource,
      chain.scope,
      source,
      dataSources ?? NO_SOURCES,
    );
    if (
      dataSources === undefined ||
      [...names].some(name => chain.pending.has(name))
    ) {
      return undefined;
    }
    if ('error' in resolved) {
      return { refused: resolved.error.message };
    }
    const least = parseDuration(
      interpolateText(annotation.step ?? '', chain.scope, 'raw'),
    );
    const step = stepOf(
      {},
      { interval: `${(least ?? DEFAULT_STEP_MS) / 1_000}`, intervalFactor: 1 },
      range,
      POINTS,
      chain.scope,
    );
    return {
      dataSource: resolved.ref,
      range,
      query: {
        expr: interpolatePromql(
          annotation.expr,
          withInterval(chain.scope, step),
        ),
        stepSeconds: step.stepMs / 1_000,
      },
    };
  });
  const results = useQueries(
    {
      queries: questions.map((question, index) => ({
        queryKey: [
          'grafana-panels',
          'annotations',
          shown[index],
          question,
          readAt,
        ],
        enabled: question !== undefined,
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 60_000,
        queryFn: async ({ signal }: { signal: AbortSignal }) => {
          if (!question) {
            return NONE;
          }
          if ('refused' in question) {
            throw new FinalError(question.refused);
          }
          const {
            series = [],
            stepSeconds,
            error,
          } = await batcher.ask(question, signal);
          if (error) {
            throw errorOfQuery(error);
          }
          const used = stepSeconds ?? question.query.stepSeconds;
          return marksOf(shown[index], series, used * 1_000);
        },
      })),
    },
    client,
  );

  const last = useRef(new Map<string, Known>());
  results.forEach(({ data, error }, index) => {
    const { name } = shown[index];
    if (data) {
      last.current.set(name, { marks: data });
    } else if (error) {
      const { marks = NONE } = last.current.get(name) ?? {};
      last.current.set(name, { marks, error });
    }
  });
  const known = shown.map(({ name }) => last.current.get(name));
  // Every panel depends on it, so it is the same object while nothing changed.
  const annotations = useUnchanged(
    () =>
      shown.map((annotation, index) => ({
        source: annotation,
        marks: known[index]?.marks ?? NONE,
      })),
    [...shown, ...known.map(one => one?.marks ?? NONE)],
  );
  const problems = useUnchanged(
    () =>
      shown.flatMap(({ name }, index) => noticesOf(name, known[index]?.error)),
    [...shown, ...known.map(one => one?.error?.message)],
  );
  return { annotations, problems };
}

function noticesOf(name: string, error: Error | undefined): DashboardNotice[] {
  return error
    ? [
        {
          code: 'annotations',
          severity: 'error',
          message: `Marks “${name}” could not be read: ${error.message}`,
        },
      ]
    : [];
}

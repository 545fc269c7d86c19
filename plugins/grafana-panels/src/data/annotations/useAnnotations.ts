import { useRef } from 'react';
import { useQueries, type QueryClient } from '@tanstack/react-query';
import {
  interpolatePromql,
  interpolateText,
  parseDuration,
  referencedNames,
  withInterval,
  type AnnotationSource,
} from '@llm-platform/plugin-grafana-panels-common';
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

/** Marks of one annotation. */
export interface AnnotationMarks {
  source: AnnotationSource;
  marks: AnnotationMark[];
}

/** Asks for the marks of all annotations that are switched on; those of before stay while that is under way or fails. */
export function useAnnotations(input: {
  sources: readonly AnnotationSource[];
  switched: Readonly<Record<string, boolean>>;
  chain: LiveChain;
  range: TimeRangeMs;
  source: string;
  dataSources: readonly KnownDataSource[];
  batcher: QueryBatcher;
  client: QueryClient;
}): AnnotationMarks[] {
  const { batcher, chain, client, dataSources, range, source } = input;
  const shown = input.sources.filter(
    ({ name, enabled }) => input.switched[name] ?? enabled,
  );
  const questions = shown.map(annotation => {
    const names = referencedNames([annotation.expr, annotation.dataSource]);
    const resolved = resolveDataSource(
      annotation.dataSource,
      chain.scope,
      source,
      dataSources,
    );
    if (
      'error' in resolved ||
      [...names].some(name => chain.pending.has(name))
    ) {
      return undefined;
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
        queryKey: ['grafana-panels', 'annotations', shown[index], question],
        enabled: question !== undefined,
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 60_000,
        queryFn: async ({ signal }: { signal: AbortSignal }) => {
          if (!question) {
            return [];
          }
          const {
            series = [],
            stepSeconds,
            error,
          } = await batcher.ask(question, signal);
          if (error) {
            throw new Error(error.message);
          }
          const used = stepSeconds ?? question.query.stepSeconds;
          return marksOf(shown[index], series, used * 1_000);
        },
      })),
    },
    client,
  );

  const last = useRef(new Map<string, AnnotationMark[]>());
  results.forEach(({ data }, index) => {
    if (data) {
      last.current.set(shown[index].name, data);
    }
  });
  const marks = shown.map(({ name }) => last.current.get(name) ?? NONE);
  // Every panel depends on it, so it is the same object while nothing changed.
  return useUnchanged(
    () =>
      shown.map((annotation, index) => ({
        source: annotation,
        marks: marks[index],
      })),
    [...shown, ...marks],
  );
}

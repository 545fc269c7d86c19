import { useCallback, useMemo, useRef } from 'react';
import { useQuery } from '@tanstack/react-query';
import { textUtil, type GrafanaTheme2 } from '@grafana/data';
import {
  interpolateText,
  referencedNames,
  withRepeats,
  type Panel,
  type VariableScope,
} from '@llm-platform/plugin-grafana-panels-common';
import type { AnnotationMarks } from '../annotations';
import { applyFields, fieldConfigOf } from '../fields';
import { isDeniedOrMissing } from '../failures';
import { describeOwnRange, panelRange } from '../time';
import { unknownTransformations } from '../transformations';
import type { AnnotationMark, PanelData } from '../types';
import { useDashboardContext } from './DashboardDataProvider';
import { failureOf } from './failure';
import { planOf } from './plan';
import { readPanel, type PanelAnswer } from './readPanel';
import type { LivePanel, PanelDataOptions } from './types';

/** Answers of a range that nobody looks at any more are dropped. */
const KEEP_MS = 5_000;

/** The newest good answer, also of an earlier time; without one the newest of those that have an error. */
interface Kept {
  /** Of what was asked. */
  identity: string;
  answer: PanelAnswer;
}

/** How the newest attempt that has ended failed, and at what. */
interface LastFailure {
  identity: string;
  failure: NonNullable<PanelData['error']>;
}

/** Data of a panel of the dashboard around this component; keeps the last data while it asks and when that fails. */
export function usePanelData(
  panel: Panel,
  options: PanelDataOptions,
): LivePanel {
  const context = useDashboardContext();
  const { chain, data, dataSources, dataSourcesError, readAt, source } =
    context;
  const { width, enabled = true } = options;

  const scope = useMemo(
    () => withRepeats(chain.scope, panel.repeated),
    [chain.scope, panel.repeated],
  );
  const own = useMemo(
    () => panelRange(panel, context.timeRange, scope),
    [context.timeRange, panel, scope],
  );
  const isReady = useMemo(
    () => dataSources !== undefined && !needsPending(panel, chain.pending),
    [chain.pending, dataSources, panel],
  );
  const plan = useMemo(
    () =>
      planOf(panel, {
        scope,
        range: own.range,
        width,
        source,
        dataSources: dataSources ?? [],
      }),
    [dataSources, own.range, panel, scope, source, width],
  );

  const hasQueries = panel.targets.some(({ hide }) => !hide);
  const query = useQuery(
    {
      queryKey: [
        'grafana-panels',
        'panel',
        plan.asked,
        plan.refused,
        panel.transformations,
        plan.transformedBy,
        readAt,
      ],
      queryFn: ({ signal }) =>
        readPanel(panel, plan, own.range, scope, data.batcher, signal),
      enabled: enabled && isReady && hasQueries,
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: KEEP_MS,
    },
    data.client,
  );

  const kept = useRef<Kept | undefined>(undefined);
  if (query.data && isBetter(query.data, plan.identity, kept.current)) {
    kept.current = { identity: plan.identity, answer: query.data };
  } else if (isDeniedOrMissing(query.error)) {
    kept.current = undefined;
  }
  const isSame = kept.current?.identity === plan.identity;
  const ended =
    query.data?.error ?? (query.error ? failureOf(query.error) : undefined);
  // It stands until the next attempt has ended: data are as old as they were
  // while one is under way.
  const lastFailure = useRef<LastFailure | undefined>(undefined);
  if (query.data || query.error) {
    lastFailure.current = ended && { identity: plan.identity, failure: ended };
  }
  const failure =
    ended ??
    (lastFailure.current?.identity === plan.identity
      ? lastFailure.current.failure
      : undefined) ??
    (dataSourcesError && enabled ? failureOf(dataSourcesError) : undefined) ??
    (isSame ? kept.current?.answer.error : undefined);
  // Another question's answer stays until the new one is there, but must not stand beside its failure.
  const before = isSame || !failure ? kept.current?.answer : undefined;
  const shown = before ?? query.data;

  const fieldConfig = useMemo(
    () => fieldConfigOf(panel.fieldConfig, panel.type),
    [panel.fieldConfig, panel.type],
  );
  const { theme, timeZone } = context;
  const choice = useMemo(() => choiceOf(scope), [scope]);
  const shownFrames = shown?.frames;
  const frames = useMemo(
    () =>
      shownFrames
        ? applyFields(shownFrames, { fieldConfig, scope, theme, timeZone })
        : [],
    // eslint-disable-next-line react-hooks/exhaustive-deps -- of the scope only the choice counts: time alone changes nothing that is written in the frames
    [choice, fieldConfig, shownFrames, theme, timeZone],
  );
  const annotations = useMemo(
    () => marksFor(panel, context.annotations, theme),
    [context.annotations, panel, theme],
  );

  const state = stateOf({
    failed: failure !== undefined,
    hasAnswer: (isSame && isAnswer(before, failure)) || !hasQueries,
  });
  const timeRange = shown?.range ?? own.range;
  const asOf = shown?.asOf;
  const { executed, warnings } = shown ?? {};
  const code = failure?.code;
  const message = failure?.message;
  const panelData = useMemo(
    (): PanelData => ({
      state,
      frames,
      timeRange,
      annotations,
      error:
        code === undefined || message === undefined
          ? undefined
          : { code, message },
      asOf,
      executed,
      warnings,
    }),
    [
      annotations,
      asOf,
      code,
      executed,
      frames,
      message,
      state,
      timeRange,
      warnings,
    ],
  );

  const { refetch } = query;
  const { retryDataSources } = context;
  const retry = useCallback(() => {
    if (dataSourcesError) {
      retryDataSources();
    }
    void refetch();
  }, [dataSourcesError, refetch, retryDataSources]);
  return {
    data: panelData,
    fetching: query.isFetching,
    ...useTexts(panel, scope),
    fieldConfig,
    timeInfo: useMemo(
      () =>
        panel.hideTimeOverride
          ? undefined
          : describeOwnRange(own.timeFrom, own.timeShift),
      [own.timeFrom, own.timeShift, panel],
    ),
    problems: useMemo(
      () => [
        ...unknownTransformations(panel.transformations, panel.id),
        ...(warnings ?? []).map(text => ({
          code: 'warning',
          severity: 'note' as const,
          message: `The answer came with a remark: ${text}`,
          panelId: panel.id,
        })),
      ],
      [panel, warnings],
    ),
    retry,
  };
}

function useTexts(panel: Panel, scope: VariableScope) {
  return useMemo(
    () => ({
      title: interpolateText(panel.title, scope),
      description:
        panel.description && interpolateText(panel.description, scope),
      options: optionsOf(panel, scope),
      links: panel.links.flatMap(({ title, url, newTab, ...link }) => {
        if (!url) {
          return [];
        }
        const added = [
          ...(link.keepTime ? ['$__url_time_range'] : []),
          ...(link.includeVariables ? ['$__all_variables'] : []),
        ].join('&');
        const separator = url.includes('?') ? '&' : '?';
        const full = added ? `${url}${separator}${added}` : url;
        return [
          {
            title: interpolateText(title, scope),
            newTab,
            url: textUtil.sanitizeUrl(addressOf(full, scope)),
          },
        ];
      }),
    }),
    [panel, scope],
  );
}

/** Values in addresses are encoded; what is made of addresses is that already. */
function addressOf(url: string, scope: VariableScope): string {
  const ready = ['__url_time_range', '__all_variables'];
  const once = ready.reduce(
    (text, name) =>
      text.replace(
        new RegExp(`\\$\\{?${name}\\}?`, 'g'),
        () => scope.get(name)?.text ?? '',
      ),
    url,
  );
  return interpolateText(once, scope, 'percentencode');
}

/** Of the options only a text panel's text has variables. */
function optionsOf(panel: Panel, scope: VariableScope) {
  const { content, mode } = panel.options;
  return panel.type === 'text' && typeof content === 'string'
    ? {
        ...panel.options,
        content: interpolateText(
          content,
          scope,
          mode === 'html' ? 'html' : 'text',
        ),
      }
    : panel.options;
}

/** What is chosen of variables, without what moves on with time. */
function choiceOf(scope: VariableScope): string {
  return JSON.stringify(
    [...scope]
      .filter(([name]) => !name.startsWith('__'))
      .map(([name, { value, text }]) => [name, value, text]),
  );
}

function needsPending(panel: Panel, pending: ReadonlySet<string>): boolean {
  if (pending.size === 0) {
    return false;
  }
  const names = referencedNames([
    panel.targets,
    panel.dataSource,
    panel.interval,
    panel.transformations,
    panel.timeFrom,
    panel.timeShift,
  ]);
  return (
    [...names].some(name => pending.has(name)) ||
    (panel.repeat !== undefined && pending.has(panel.repeat.variable))
  );
}

/** A whole answer stays until there is another one; a partial one gives way to any. */
function isBetter(
  answer: PanelAnswer,
  identity: string,
  before: Kept | undefined,
): boolean {
  return (
    !answer.error ||
    before?.identity !== identity ||
    before.answer.error !== undefined
  );
}

/** Whether it answers all that was asked, or what of it could be answered before another attempt failed as a whole. */
function isAnswer(
  answer: PanelAnswer | undefined,
  failure: PanelAnswer['error'],
): boolean {
  return (
    answer !== undefined &&
    (!answer.error || (answer.error !== failure && answer.frames.length > 0))
  );
}

function stateOf(facts: {
  failed: boolean;
  hasAnswer: boolean;
}): PanelData['state'] {
  if (facts.failed) {
    return facts.hasAnswer ? 'stale' : 'error';
  }
  return facts.hasAnswer ? 'done' : 'loading';
}

function marksFor(
  panel: Panel,
  annotations: readonly AnnotationMarks[],
  theme: GrafanaTheme2,
): AnnotationMark[] {
  return annotations.flatMap(({ source: { filter }, marks }) => {
    const isNamed = filter?.ids.includes(panel.sourceId) ?? false;
    if (filter !== undefined && isNamed === filter.exclude) {
      return [];
    }
    // Grafana's names of colours mean other ones than CSS has, or none at all.
    return marks.map(mark => ({
      ...mark,
      color: theme.visualization.getColorByName(mark.color),
    }));
  });
}

import { useDeferredValue, useEffect, useRef, type KeyboardEvent } from 'react';
import { Button, ButtonLink, SearchField, Skeleton } from '@backstage/ui';
import {
  countStates,
  EmptyState,
  ErrorPanel,
  links,
  ModelsTable,
  PageFrame,
  plural,
  Section,
  selectModels,
  StaleBanner,
  StateIcon,
  unreadClusters,
  useModels,
} from '@llm-platform/plugin-models-react';
import type {
  ClusterError,
  ModelDeploymentSummary,
} from '@llm-platform/plugin-models-common';
import { useListUrl } from './useListUrl';
import css from './ModelsPage.module.css';

/** All models that the user may see. */
export function ModelsPage() {
  const models = useModels();
  return (
    <PageFrame
      title="Models"
      actions={
        <ButtonLink href={links.deploy()} variant="primary" size="small">
          Deploy a model
        </ButtonLink>
      }
    >
      {models.data ? (
        <StaleBanner
          error={models.error}
          updatedAt={models.updatedAt}
          clusters={models.data.errors}
          onRetry={models.retry}
        />
      ) : undefined}
      {models.data ? (
        <Models models={models.data.items} errors={models.data.errors} />
      ) : undefined}
      {models.loading ? <Loading /> : undefined}
      {models.error && !models.data ? (
        <ErrorPanel
          error={models.error}
          what="the models"
          onRetry={models.retry}
        />
      ) : undefined}
    </PageFrame>
  );
}

function Models(props: {
  models: ModelDeploymentSummary[];
  errors: ClusterError[];
}) {
  const url = useListUrl();
  const search = useSearchShortcut();
  const table = useRef<HTMLDivElement>(null);
  const text = useDeferredValue(url.filter.text);
  const rows = selectModels(props.models, { ...url.filter, text }, url.sort);
  const teams = [...new Set(props.models.map(model => model.team))].sort();

  if (props.models.length === 0 && !url.filtered) {
    return (
      <Section title="All models" hideTitle bare>
        <EmptyState
          title={
            props.errors.length ? 'No model can be seen now' : 'No models yet'
          }
          description={
            unreadClusters(props.errors) ??
            'Models that your teams deploy appear here, with their state, GPUs and endpoint.'
          }
          action={
            <ButtonLink href={links.deploy()} variant="secondary" size="small">
              Deploy a model
            </ButtonLink>
          }
        />
      </Section>
    );
  }

  const enterTable = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      table.current?.querySelector<HTMLElement>('[data-index="0"] a')?.focus();
    }
  };

  return (
    <>
      <div className={css.filters}>
        {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions -- ArrowDown goes on to the list; captured, as the field keeps its keys to itself */}
        <div
          className={css.search}
          onKeyDownCapture={enterTable}
          ref={search.ref}
        >
          <SearchField
            aria-label="Search models"
            placeholder="Search models   /"
            size="small"
            value={url.filter.text}
            onChange={url.setText}
          />
        </div>
        {teams.length > 1 || url.filter.team ? (
          <select
            aria-label="Team"
            className={css.select}
            value={url.filter.team}
            onChange={event => url.setTeam(event.target.value)}
          >
            <option value="">All teams</option>
            {[...new Set([...teams, url.filter.team])]
              .filter(Boolean)
              .map(team => (
                <option key={team} value={team}>
                  {team}
                </option>
              ))}
          </select>
        ) : undefined}
        <div className={css.chips} role="group" aria-label="Filter by state">
          {countStates(props.models).map(({ state, count }) => (
            <button
              key={state}
              type="button"
              className={css.chip}
              aria-pressed={url.filter.states.includes(state)}
              onClick={() => url.toggleState(state)}
            >
              <StateIcon state={state} />
              {state} <b>{count}</b>
            </button>
          ))}
        </div>
        <span className={css.result} role="status">
          {url.filtered
            ? `${rows.length} of ${plural(props.models.length, 'model')}`
            : plural(props.models.length, 'model')}
        </span>
      </div>
      <div ref={table}>
        <Section title="All models" hideTitle bare={rows.length === 0}>
          {rows.length === 0 ? (
            <EmptyState
              title="No model matches"
              description="Nothing here has that text, state and team."
              action={
                <Button variant="secondary" size="small" onPress={url.clear}>
                  Clear filters
                </Button>
              }
            />
          ) : (
            <ModelsTable
              models={rows}
              label="Models"
              sort={url.sort}
              onSort={url.sortBy}
              onLeaveTop={search.focus}
            />
          )}
        </Section>
      </div>
    </>
  );
}

/** `/` focuses the search, unless something is being typed. */
function useSearchShortcut() {
  const ref = useRef<HTMLDivElement>(null);
  const focus = () => ref.current?.querySelector('input')?.focus();
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent) => {
      const typing = (event.target as HTMLElement).closest?.(
        'input, textarea, select, [contenteditable]',
      );
      if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        ref.current?.querySelector('input')?.focus();
      }
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  return { ref, focus };
}

function Loading() {
  return (
    <Section title="All models" hideTitle>
      <div className={css.skeleton} aria-label="Loading models" role="status">
        {Array.from({ length: 8 }, (_, row) => (
          <Skeleton key={row} height={32} />
        ))}
      </div>
    </Section>
  );
}

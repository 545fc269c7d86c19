import { useDeferredValue, useRef, type KeyboardEvent } from 'react';
import { Button, SearchField, Skeleton } from '@backstage/ui';
import { RiAlertLine } from '@remixicon/react';
import {
  EmptyState,
  ErrorPanel,
  PageFrame,
  plural,
  Section,
} from '@llm-platform/plugin-models-react';
import type { DashboardList } from '@llm-platform/plugin-grafana-panels-common';
import { useDashboards } from '../../data';
import { DashboardsTable } from './DashboardsTable';
import { countTags, selectDashboards, sourceTitle } from './filter';
import { useListUrl } from './useListUrl';
import { useSearchShortcut } from './useSearchShortcut';
import css from './DashboardsPage.module.css';

/** More tags than these make the filter longer than the list. */
const MAX_TAGS = 12;

/** All dashboards that the portal can draw. */
export function DashboardsPage() {
  const dashboards = useDashboards();
  return (
    <PageFrame title="Dashboards">
      {dashboards.data ? <Dashboards list={dashboards.data} /> : undefined}
      {dashboards.loading && !dashboards.data ? <Loading /> : undefined}
      {dashboards.error && !dashboards.data ? (
        <ErrorPanel
          error={dashboards.error}
          what="the dashboards"
          onRetry={dashboards.retry}
        />
      ) : undefined}
    </PageFrame>
  );
}

function Dashboards(props: { list: DashboardList }) {
  const { items, problems } = props.list;
  const url = useListUrl();
  const search = useSearchShortcut();
  const table = useRef<HTMLDivElement>(null);
  const text = useDeferredValue(url.filter.text);
  const shown = selectDashboards(items, { ...url.filter, text });
  const sources = [...new Set(items.map(({ source }) => source))].sort();
  const tags = countTags(items);
  const offered = [
    ...tags.slice(0, MAX_TAGS),
    ...tags.slice(MAX_TAGS).filter(({ tag }) => url.filter.tags.includes(tag)),
  ];

  const enterTable = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      table.current?.querySelector<HTMLElement>('[data-title]')?.focus();
    }
  };

  return (
    <>
      {problems.length > 0 ? (
        <ul className={css.problems} aria-label="Not everything could be read">
          {problems.map(problem => (
            <li key={`${problem.source}/${problem.message}`}>
              <RiAlertLine size={16} aria-hidden="true" />
              <span>
                {sourceTitle(problem.source)}: {problem.message}
              </span>
            </li>
          ))}
        </ul>
      ) : undefined}
      {items.length === 0 ? (
        <Section title="All dashboards" hideTitle>
          <EmptyState
            title={
              problems.length
                ? 'No dashboard can be read now'
                : 'No dashboards yet'
            }
            description="Dashboards come from JSON files of the platform (llmPlatform.dashboards) and from Grafana (llmPlatform.grafana.instances). A platform engineer adds them in the configuration."
          />
        </Section>
      ) : (
        <>
          <div className={css.filters}>
            {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions -- ArrowDown goes on to the list; captured, as the field keeps its keys to itself */}
            <div
              className={css.search}
              onKeyDownCapture={enterTable}
              ref={search}
            >
              <SearchField
                aria-label="Search dashboards"
                placeholder="Search dashboards   /"
                size="small"
                value={url.filter.text}
                onChange={url.setText}
              />
            </div>
            {sources.length > 1 || url.filter.source ? (
              <select
                aria-label="Source"
                className={css.select}
                value={url.filter.source}
                onChange={event => url.setSource(event.target.value)}
              >
                <option value="">All sources</option>
                {[...new Set([...sources, url.filter.source])]
                  .filter(Boolean)
                  .map(source => (
                    <option key={source} value={source}>
                      {sourceTitle(source)}
                    </option>
                  ))}
              </select>
            ) : undefined}
            <div className={css.tags} role="group" aria-label="Filter by tag">
              {offered.map(({ tag, count }) => (
                <button
                  key={tag}
                  type="button"
                  className={css.chip}
                  aria-pressed={url.filter.tags.includes(tag)}
                  onClick={() => url.toggleTag(tag)}
                >
                  {tag} <b>{count}</b>
                </button>
              ))}
            </div>
            <span className={css.result} role="status">
              {url.filtered
                ? `${shown.length} of ${plural(items.length, 'dashboard')}`
                : plural(items.length, 'dashboard')}
            </span>
          </div>
          <div ref={table}>
            <Section title="All dashboards" hideTitle>
              {shown.length === 0 ? (
                <EmptyState
                  title="No dashboard matches"
                  description="Nothing here has that text, tag and source."
                  action={
                    <Button
                      variant="secondary"
                      size="small"
                      onPress={url.clear}
                    >
                      Clear filters
                    </Button>
                  }
                />
              ) : (
                <DashboardsTable
                  dashboards={shown}
                  onTag={url.toggleTag}
                  onLeaveTop={() =>
                    search.current?.querySelector('input')?.focus()
                  }
                />
              )}
            </Section>
          </div>
        </>
      )}
    </>
  );
}

function Loading() {
  return (
    <Section title="All dashboards" hideTitle>
      <div
        className={css.skeleton}
        aria-label="Loading dashboards"
        role="status"
      >
        {Array.from({ length: 6 }, (_, row) => (
          <Skeleton key={row} height={20} />
        ))}
      </div>
    </Section>
  );
}

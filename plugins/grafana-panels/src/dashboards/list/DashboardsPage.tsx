import { useDeferredValue } from 'react';
import { RiAlertLine } from '@remixicon/react';
import {
  ChipFilter,
  EmptyState,
  ErrorPanel,
  FilteredList,
  ListLoading,
  PageFrame,
  Section,
  SelectFilter,
} from '@llm-platform/plugin-models-react';
import type { DashboardList } from '@llm-platform/plugin-grafana-panels-common';
import { useDashboards } from '../../data';
import { DashboardsTable } from './DashboardsTable';
import { countTags, selectDashboards, sourceTitle } from './filter';
import { useListUrl } from './useListUrl';
import css from './DashboardsPage.module.css';

/** More tags than these make the filter longer than the list. */
const MAX_TAGS = 12;

/** All dashboards that the portal can draw. */
export function DashboardsPage() {
  const dashboards = useDashboards();
  return (
    <PageFrame title="Dashboards">
      {dashboards.data ? <Dashboards list={dashboards.data} /> : undefined}
      {dashboards.loading && !dashboards.data ? (
        <ListLoading noun="dashboard" rows={6} height={20} gap={17} />
      ) : undefined}
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
  const text = useDeferredValue(url.filter.text);
  const shown = selectDashboards(items, { ...url.filter, text });
  const sources = [...new Set(items.map(({ source }) => source))].sort();
  const tags = countTags(items);
  const offered = [
    ...tags.slice(0, MAX_TAGS),
    ...tags.slice(MAX_TAGS).filter(({ tag }) => url.filter.tags.includes(tag)),
  ];

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
        <FilteredList
          noun="dashboard"
          total={items.length}
          shown={shown.length}
          text={url.filter.text}
          onText={url.setText}
          filters={
            <>
              <SelectFilter
                label="Source"
                all="All sources"
                values={sources}
                titleOf={sourceTitle}
                chosen={url.filter.source}
                onChoose={url.setSource}
              />
              <ChipFilter
                label="Filter by tag"
                chips={offered.map(({ tag, count }) => ({ value: tag, count }))}
                chosen={url.filter.tags}
                onToggle={url.toggleTag}
              />
            </>
          }
          filtered={url.filtered}
          onClear={url.clear}
          filteredBy="text, tag and source"
        >
          {onLeaveTop => (
            <DashboardsTable
              dashboards={shown}
              onTag={url.toggleTag}
              onLeaveTop={onLeaveTop}
            />
          )}
        </FilteredList>
      )}
    </>
  );
}

import { useDeferredValue } from 'react';
import { ButtonLink } from '@backstage/ui';
import {
  ChipFilter,
  countStates,
  EmptyState,
  ErrorPanel,
  FilteredList,
  links,
  ListLoading,
  ModelsTable,
  PageFrame,
  Section,
  SelectFilter,
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
      {models.loading ? (
        <ListLoading noun="model" rows={8} height={32} gap={25} />
      ) : undefined}
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

  return (
    <FilteredList
      noun="model"
      total={props.models.length}
      shown={rows.length}
      text={url.filter.text}
      onText={url.setText}
      filters={
        <>
          <SelectFilter
            label="Team"
            all="All teams"
            values={teams}
            chosen={url.filter.team}
            onChoose={url.setTeam}
          />
          <ChipFilter
            label="Filter by state"
            chips={countStates(props.models).map(({ state, count }) => ({
              value: state,
              count,
              icon: <StateIcon state={state} />,
            }))}
            chosen={url.filter.states}
            onToggle={url.toggleState}
          />
        </>
      }
      filtered={url.filtered}
      onClear={url.clear}
      filteredBy="text, state and team"
    >
      {onLeaveTop => (
        <ModelsTable
          models={rows}
          label="Models"
          sort={url.sort}
          onSort={url.sortBy}
          onLeaveTop={onLeaveTop}
        />
      )}
    </FilteredList>
  );
}

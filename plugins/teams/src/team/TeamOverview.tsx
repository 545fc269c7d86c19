import { ButtonLink, Skeleton } from '@backstage/ui';
import {
  AttentionList,
  EmptyState,
  ErrorPanel,
  links,
  ModelsTable,
  Section,
  selectModels,
  StaleBanner,
  unreadClusters,
  useTeam,
} from '@llm-platform/plugin-models-react';
import type { TeamView } from '@llm-platform/plugin-models-common';
import { ServicesTable } from './ServicesTable';
import { StateStrip } from './StateStrip';
import css from './TeamOverview.module.css';

/** State strip, findings, models and services: enough for a stand-up. */
export function TeamOverview(props: { team: string }) {
  const team = useTeam(props.team);
  if (!team.data) {
    return team.error ? (
      <ErrorPanel
        error={team.error}
        what={`the team ${props.team}`}
        onRetry={team.retry}
        action={
          <ButtonLink size="small" variant="secondary" href={links.teams()}>
            All teams
          </ButtonLink>
        }
      />
    ) : (
      <div className={css.overview} role="status" aria-label="Loading the team">
        <Skeleton height={84} />
        <Skeleton height={42} />
        <Skeleton height={160} />
      </div>
    );
  }
  return (
    <div className={css.overview}>
      <StaleBanner
        error={team.error}
        updatedAt={team.updatedAt}
        clusters={team.data.errors}
        onRetry={team.retry}
      />
      <Content team={team.data} />
    </div>
  );
}

function Content(props: { team: TeamView }) {
  const { team } = props;
  const models = selectModels(
    team.models,
    { text: '', states: [], team: '' },
    { key: 'name', descending: false },
  );
  return (
    <>
      <StateStrip team={team} />
      <Section
        title="Needs attention"
        count={team.attention.length || undefined}
      >
        <AttentionList items={team.attention} hideTeam />
      </Section>
      <Section title="Models" count={team.models.length || undefined}>
        {models.length === 0 ? (
          <EmptyState
            title={
              team.errors.length ? 'No model can be seen now' : 'No models yet'
            }
            description={
              unreadClusters(team.errors) ??
              'Models that this team deploys appear here.'
            }
            action={
              <ButtonLink
                size="small"
                variant="secondary"
                href={links.deploy()}
              >
                Deploy a model
              </ButtonLink>
            }
          />
        ) : (
          <ModelsTable models={models} label="Models" hideTeam />
        )}
      </Section>
      <Section title="Services" count={team.services.length || undefined}>
        {team.services.length === 0 ? (
          <EmptyState
            title={
              team.errors.length
                ? 'No service can be seen now'
                : 'No services yet'
            }
            description={
              unreadClusters(team.errors) ??
              "The team's own APIs in front of its models appear here."
            }
            action={
              <ButtonLink
                size="small"
                variant="secondary"
                href={links.newService()}
              >
                New service
              </ButtonLink>
            }
          />
        ) : (
          <ServicesTable services={team.services} />
        )}
      </Section>
    </>
  );
}

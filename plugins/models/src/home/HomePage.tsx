import { ButtonLink, Skeleton } from '@backstage/ui';
import { RiChat3Line, RiRocket2Line, RiTeamLine } from '@remixicon/react';
import {
  AttentionList,
  clusterErrors,
  EmptyState,
  ErrorPanel,
  links,
  ModelsTable,
  PageFrame,
  Section,
  selectModels,
  StaleBanner,
  unreadClusters,
  useModels,
  useOverview,
  type LiveResult,
} from '@llm-platform/plugin-models-react';
import type {
  ClusterStatus,
  PlatformOverview,
  PlatformStatus,
} from '@llm-platform/plugin-models-common';
import { useState } from 'react';
import { BackgroundSteps } from './BackgroundSteps';
import { BootstrapProgress } from './BootstrapProgress';
import { Glance } from './Glance';
import css from './HomePage.module.css';

/** What needs attention, the three jobs, the platform at a glance, my models. */
export function HomePage() {
  const [starting, setStarting] = useState(false);
  const overview = useOverview({ starting });
  const isStarting = overview.data ? !isStarted(overview.data.status) : false;
  if (isStarting !== starting) {
    setStarting(isStarting);
  }

  return (
    <PageFrame title="Home">
      {overview.data ? (
        <StaleBanner
          error={overview.error}
          updatedAt={overview.updatedAt}
          clusters={clusterErrors(
            overview.data.status.clusters.filter(isUnreachable),
          )}
          onRetry={overview.retry}
        />
      ) : undefined}
      {overview.loading ? <Loading /> : undefined}
      {overview.error && !overview.data ? (
        <ErrorPanel
          error={overview.error}
          what="the platform"
          onRetry={overview.retry}
        />
      ) : undefined}
      {overview.data && isStarting ? (
        <BootstrapProgress status={overview.data.status} />
      ) : undefined}
      {overview.data && !isStarting ? (
        <BackgroundSteps status={overview.data.status} />
      ) : undefined}
      {overview.data && !isStarting ? (
        <Section
          title="Needs attention"
          count={overview.data.attention.length || undefined}
        >
          <AttentionList items={overview.data.attention} />
        </Section>
      ) : undefined}
      {overview.data ? (
        <>
          <Jobs teams={overview.data.myTeams} />
          {isStarting ? undefined : (
            <>
              <Glance overview={overview.data} />
              <MyModels overview={overview} />
            </>
          )}
        </>
      ) : undefined}
    </PageFrame>
  );
}

/** Bootstrap steps exist only on the embedded cluster; a finished start has none left to wait for. */
function isStarted(status: PlatformStatus): boolean {
  return (status.bootstrap ?? []).every(
    step => step.background || step.status === 'done',
  );
}

function isUnreachable(cluster: ClusterStatus): boolean {
  return cluster.state === 'unreachable';
}

function Jobs(props: { teams: string[] }) {
  const team = props.teams[0];
  return (
    <nav className={css.jobs} aria-label="Start here">
      <ButtonLink
        href={links.deploy()}
        variant="primary"
        iconStart={<RiRocket2Line />}
      >
        Deploy a model
      </ButtonLink>
      <ButtonLink
        href={
          team && props.teams.length === 1 ? links.team(team) : links.teams()
        }
        variant="secondary"
        iconStart={<RiTeamLine />}
      >
        {props.teams.length === 1 ? 'Open my team' : 'Open my teams'}
      </ButtonLink>
      <ButtonLink
        href={links.playground()}
        variant="secondary"
        iconStart={<RiChat3Line />}
      >
        Try a prompt
      </ButtonLink>
    </nav>
  );
}

const SHOWN = 12;

function MyModels(props: { overview: LiveResult<PlatformOverview> }) {
  const teams = props.overview.data?.myTeams ?? [];
  const models = useModels();
  const mine = selectModels(
    (models.data?.items ?? []).filter(model => teams.includes(model.team)),
    { text: '', states: [], team: '' },
    { key: 'name', descending: false },
  );
  const unread = unreadClusters(models.data?.errors ?? []);
  const noModels = teams.length ? 'No models yet' : 'You are in no team';
  const emptyTitle = unread ? 'No model can be seen now' : noModels;
  const title = teams.length > 1 ? "My teams' models" : "My team's models";

  if (models.loading) {
    return (
      <Section title={title}>
        <div className={css.rows} role="status" aria-label="Loading models">
          <Skeleton height={32} />
          <Skeleton height={32} />
          <Skeleton height={32} />
        </div>
      </Section>
    );
  }
  if (models.error && !models.data) {
    return (
      <Section title={title} bare>
        <ErrorPanel
          error={models.error}
          what="the models"
          onRetry={models.retry}
        />
      </Section>
    );
  }
  return (
    <Section
      title={title}
      count={mine.length || undefined}
      actions={
        mine.length > SHOWN ? (
          <ButtonLink
            size="small"
            variant="tertiary"
            href={links.models({
              team: teams.length === 1 ? teams[0] : undefined,
            })}
          >
            Show all {mine.length}
          </ButtonLink>
        ) : undefined
      }
    >
      {mine.length === 0 ? (
        <EmptyState
          title={emptyTitle}
          description={
            unread ??
            (teams.length
              ? 'A model that your team deploys appears here with its state and GPUs.'
              : 'Models belong to teams. Ask a platform engineer to add you to one.')
          }
          action={
            teams.length ? (
              <ButtonLink
                size="small"
                variant="secondary"
                href={links.deploy()}
              >
                Deploy a model
              </ButtonLink>
            ) : undefined
          }
        />
      ) : (
        <ModelsTable models={mine.slice(0, SHOWN)} label={title} />
      )}
    </Section>
  );
}

function Loading() {
  return (
    <div
      className={css.loading}
      role="status"
      aria-label="Loading the platform"
    >
      <Skeleton height={42} />
      <Skeleton height={40} width={420} />
      <Skeleton height={104} />
      <Skeleton height={180} />
    </div>
  );
}

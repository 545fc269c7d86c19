import { Link } from 'react-router-dom';
import { Skeleton } from '@backstage/ui';
import {
  countStates,
  EmptyState,
  ErrorPanel,
  links,
  PageFrame,
  Section,
  StaleBanner,
  StateIcon,
  tableStyles as table,
  useGpus,
  useModels,
  unreadClusters,
  useTeams,
} from '@llm-platform/plugin-models-react';
import type { ModelDeploymentSummary } from '@llm-platform/plugin-models-common';
import css from './TeamsPage.module.css';

/** The teams that the user may see, with the state of their models. */
export function TeamsPage() {
  const teams = useTeams();
  const models = useModels();
  const gpus = useGpus();
  // A team without a row has none, if all clusters were read.
  const known = gpus.data?.errors.length === 0;

  return (
    <PageFrame title="Teams">
      {teams.data ? (
        <StaleBanner
          error={teams.error ?? models.error}
          updatedAt={teams.updatedAt}
          clusters={teams.data.errors}
          onRetry={teams.retry}
        />
      ) : undefined}
      {teams.loading ? (
        <div className={css.loading} role="status" aria-label="Loading teams">
          <Skeleton height={32} />
          <Skeleton height={32} />
          <Skeleton height={32} />
        </div>
      ) : undefined}
      {teams.error && !teams.data ? (
        <ErrorPanel
          error={teams.error}
          what="the teams"
          onRetry={teams.retry}
        />
      ) : undefined}
      {teams.data?.items.length === 0 ? (
        <EmptyState
          title={
            teams.data.errors.length
              ? 'No team can be seen now'
              : 'You are in no team'
          }
          description={
            unreadClusters(teams.data.errors) ??
            'A team owns namespaces, models and budgets. Ask a platform engineer to add you to one.'
          }
        />
      ) : undefined}
      {teams.data?.items.length ? (
        <Section title="All teams" hideTitle>
          <table className={table.table} aria-label="Teams">
            <thead>
              <tr>
                <th scope="col">Team</th>
                <th scope="col">Models</th>
                <th scope="col" className={table.number}>
                  GPUs held
                </th>
                <th scope="col" className={table.number}>
                  GPUs waiting
                </th>
              </tr>
            </thead>
            <tbody>
              {teams.data.items.map(({ team }) => {
                const share = gpus.data?.byTeam.find(row => row.team === team);
                return (
                  <tr key={team}>
                    <td>
                      <Link to={links.team(team)} className={table.link}>
                        {team}
                      </Link>
                    </td>
                    <td>
                      <States
                        team={team}
                        models={models.data?.items}
                        unread={Boolean(models.data?.errors.length)}
                      />
                    </td>
                    <td className={table.number}>
                      {share?.allocated ?? (known ? 0 : 'unknown')}
                    </td>
                    <td className={table.number}>
                      {share?.pending ?? (known ? 0 : 'unknown')}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </Section>
      ) : undefined}
    </PageFrame>
  );
}

function States(props: {
  team: string;
  models: ModelDeploymentSummary[] | undefined;
  unread: boolean;
}) {
  if (!props.models) {
    return <span className={table.muted}>unknown</span>;
  }
  const states = countStates(
    props.models.filter(model => model.team === props.team),
  );
  if (states.length === 0) {
    return (
      <span className={table.muted}>{props.unread ? 'unknown' : 'none'}</span>
    );
  }
  return (
    <span className={css.states}>
      {states.map(({ state, count }) => (
        <Link
          key={state}
          to={links.models({ team: props.team, state })}
          className={css.state}
        >
          <StateIcon state={state} /> <b>{count}</b> {state.toLowerCase()}
        </Link>
      ))}
    </span>
  );
}

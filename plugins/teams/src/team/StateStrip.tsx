import { Link } from 'react-router-dom';
import {
  countStates,
  links,
  plural,
  StateIcon,
} from '@llm-platform/plugin-models-react';
import type { ModelState, TeamView } from '@llm-platform/plugin-models-common';
import css from './TeamOverview.module.css';

/** State of the team's models and services, and its GPUs, in one line. */
export function StateStrip(props: { team: TeamView }) {
  const { team } = props;
  return (
    <dl className={css.strip}>
      <div>
        <dt>Models</dt>
        <dd>
          <States items={team.models} team={team.team} />
        </dd>
      </div>
      <div>
        <dt>Services</dt>
        <dd>
          <States items={team.services} />
        </dd>
      </div>
      <div>
        <dt>GPUs</dt>
        <dd className={css.states}>
          <Link to={links.gpus({ by: 'team' })} className={css.state}>
            <b>{team.gpus.allocated}</b> held
          </Link>
          {team.gpus.pending > 0 ? (
            <Link to={links.gpus({ by: 'team' })} className={css.state}>
              <StateIcon state="Waiting" /> <b>{team.gpus.pending}</b> waiting
            </Link>
          ) : undefined}
        </dd>
      </div>
      <div>
        <dt>{plural(team.namespaces.length, 'Namespace')}</dt>
        <dd className={css.names}>
          {team.namespaces.map(namespace => namespace.name).join(', ') ||
            'none'}
        </dd>
      </div>
    </dl>
  );
}

function States(props: { items: Array<{ state: ModelState }>; team?: string }) {
  const states = countStates(props.items);
  if (states.length === 0) {
    return <span className={css.names}>none</span>;
  }
  return (
    <span className={css.states}>
      {states.map(({ state, count }) => {
        const content = (
          <>
            <StateIcon state={state} /> <b>{count}</b> {state.toLowerCase()}
          </>
        );
        return props.team ? (
          <Link
            key={state}
            to={links.models({ team: props.team, state })}
            className={css.state}
          >
            {content}
          </Link>
        ) : (
          <span key={state} className={css.state}>
            {content}
          </span>
        );
      })}
    </span>
  );
}

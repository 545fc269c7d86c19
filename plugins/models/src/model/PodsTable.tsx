import { Fragment } from 'react';
import { Link } from 'react-router-dom';
import {
  links,
  RelativeTime,
  shortNode,
  SimulatedChip,
  StateMark,
  tableStyles as table,
} from '@llm-platform/plugin-models-react';
import type {
  ModelDeploymentDetail,
  PodView,
} from '@llm-platform/plugin-models-common';
import css from './ModelPage.module.css';

/** Pods with why they are not ready, how often they restarted and how they last ended. */
export function PodsTable(props: { model: ModelDeploymentDetail }) {
  const { model } = props;
  if (model.pods.length === 0) {
    return (
      <p className={css.none}>
        {model.replicas.desired === 0
          ? 'No pods: the model is stopped.'
          : 'No pods yet.'}
      </p>
    );
  }
  return (
    <div className={table.scroll}>
      <table className={`${table.table} ${css.wide}`} aria-label="Pods">
        <thead>
          <tr>
            <th scope="col">Pod</th>
            <th scope="col">State</th>
            <th scope="col">Node</th>
            <th scope="col" className={table.number}>
              Restarts
            </th>
            <th scope="col">Last end</th>
            <th scope="col">Created</th>
            <th scope="col">Logs</th>
          </tr>
        </thead>
        <tbody>
          {model.pods.map(pod => (
            <Fragment key={pod.name}>
              <tr className={messageOf(pod) ? css.joined : undefined}>
                <td>
                  <span className={table.line}>
                    <span className={css.pod}>{pod.name}</span>
                    <SimulatedChip what={pod.simulated} />
                  </span>
                </td>
                <td>
                  <StateMark state={pod.state} reason={pod.reason} />
                </td>
                <td className={table.nowrap} title={pod.node}>
                  {pod.node ? shortNode(pod.node) : 'none'}
                </td>
                <td className={table.number}>{pod.restarts}</td>
                <td>
                  <LastEnd pod={pod} />
                </td>
                <td className={`${table.nowrap} ${table.muted}`}>
                  <RelativeTime time={pod.createdAt} />
                </td>
                <td className={table.nowrap}>
                  <Link to={links.logs(model, { pod: pod.name })}>Logs</Link>
                  {pod.restarts > 0 ? (
                    <>
                      {' · '}
                      <Link
                        to={links.logs(model, {
                          pod: pod.name,
                          previous: true,
                        })}
                      >
                        previous
                      </Link>
                    </>
                  ) : undefined}
                </td>
              </tr>
              {messageOf(pod) ? (
                <tr>
                  <td colSpan={7} className={css.podMessage}>
                    {messageOf(pod)}
                  </td>
                </tr>
              ) : undefined}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function messageOf(pod: PodView): string | undefined {
  const waiting = pod.containers.find(
    container => !container.ready && container.message,
  );
  return pod.message ?? waiting?.message;
}

function LastEnd(props: { pod: PodView }) {
  const last = props.pod.containers.find(c => c.lastState)?.lastState;
  if (!last) {
    return <span className={table.muted}>none</span>;
  }
  return (
    <>
      {last.reason ?? 'Ended'}
      {last.exitCode === undefined ? '' : `, exit code ${last.exitCode}`}
      {last.finishedAt ? (
        <span className={table.muted}>
          {' '}
          <RelativeTime time={last.finishedAt} />
        </span>
      ) : undefined}
    </>
  );
}

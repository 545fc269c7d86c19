import { Link } from 'react-router-dom';
import { links, plural, RelativeTime } from '@llm-platform/plugin-models-react';
import type { GpuHolder } from '@llm-platform/plugin-models-common';
import { HIDDEN_NAME } from './rows';
import css from './GpusPage.module.css';

/** What waits for a GPU, and what for. */
export function WaitingLane(props: { pending: GpuHolder[] }) {
  return (
    <section className={css.lane} aria-label="Waiting for GPUs">
      <h2>Waiting</h2>
      {props.pending.length === 0 ? (
        <p className={css.nothing}>Nothing waits for a GPU.</p>
      ) : (
        <ul>
          {props.pending.map((pod, index) => (
            <li key={`${pod.namespace}/${pod.pod}/${index}`}>
              <span className={css.rowTitle}>
                {pod.model ? (
                  <Link
                    to={links.model({
                      cluster: pod.cluster,
                      namespace: pod.namespace,
                      name: pod.model,
                    })}
                  >
                    {pod.model}
                  </Link>
                ) : (
                  pod.pod || HIDDEN_NAME
                )}
                {pod.team ? ` · ${pod.team}` : ''}
              </span>
              <span className={css.detail}>
                {plural(pod.gpus, 'GPU')}, since{' '}
                <RelativeTime time={pod.since} />
              </span>
              {pod.reason ? (
                <span className={css.reason}>{pod.reason}</span>
              ) : undefined}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

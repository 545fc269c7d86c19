import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import {
  clusterErrors,
  formatCount,
  links,
  STATE_ORDER,
  StateIcon,
} from '@llm-platform/plugin-models-react';
import type {
  GpuCounts,
  ModelState,
  PlatformOverview,
} from '@llm-platform/plugin-models-common';
import css from './HomePage.module.css';

/** Models, pods and GPUs in one strip; each figure leads to what is behind it. */
export function Glance(props: { overview: PlatformOverview }) {
  const { models, pods, gpus, status } = props.overview;
  // A zero is only one when the clusters were read.
  const unread = clusterErrors(status.clusters).length > 0;
  const states = STATE_ORDER.map(state => ({
    state,
    count: models[state.toLowerCase() as Lowercase<ModelState>],
  })).filter(({ count }) => count > 0);
  const total = states.reduce((sum, { count }) => sum + count, 0);

  return (
    <section className={css.glance} aria-label="The platform at a glance">
      <Figure title="Models" value={total} unread={unread} to={links.models()}>
        {states.map(({ state, count }) => (
          <Link key={state} to={links.models({ state })} className={css.part}>
            <StateIcon state={state} />
            <b>{formatCount(count)}</b> {state.toLowerCase()}
          </Link>
        ))}
        {total === 0 && !unread ? (
          <span className={css.quiet}>none yet</span>
        ) : undefined}
      </Figure>
      <Figure
        title="Pods"
        value={pods.running + pods.pending + pods.failing}
        unread={unread}
      >
        <span className={css.part}>
          <b>{formatCount(pods.running)}</b> running
        </span>
        {pods.pending ? (
          <span className={css.part}>
            <b>{formatCount(pods.pending)}</b> pending
          </span>
        ) : undefined}
        {pods.failing ? (
          <span className={css.part}>
            <StateIcon state="Failing" />
            <b>{formatCount(pods.failing)}</b> failing
          </span>
        ) : undefined}
      </Figure>
      <Figure
        title="GPUs"
        value={gpus.capacity}
        unread={unread}
        to={links.gpus()}
      >
        <GpuBar gpus={gpus} />
        <Link to={links.gpus()} className={css.part}>
          <b>{gpus.allocated}</b> held
        </Link>
        <Link to={links.gpus()} className={css.part}>
          <b>{gpus.free}</b> free
        </Link>
        {gpus.pending ? (
          <Link to={links.gpus()} className={css.part}>
            <StateIcon state="Waiting" />
            <b>{gpus.pending}</b> waiting
          </Link>
        ) : undefined}
      </Figure>
    </section>
  );
}

function Figure(props: {
  title: string;
  value: number;
  unread: boolean;
  to?: string;
  children: ReactNode;
}) {
  return (
    <div className={css.figure}>
      <h2>
        {props.to ? <Link to={props.to}>{props.title}</Link> : props.title}
      </h2>
      {props.unread && props.value === 0 ? (
        <p className={css.quiet}>not read yet</p>
      ) : (
        <>
          <p className={css.value}>{formatCount(props.value)}</p>
          <div className={css.parts}>{props.children}</div>
        </>
      )}
    </div>
  );
}

/** One block per GPU up to a screenful, then to scale. */
const MAX_BLOCKS = 16;

function GpuBar(props: { gpus: GpuCounts }) {
  const { capacity, allocated } = props.gpus;
  if (capacity === 0) {
    return undefined;
  }
  const blocks = Math.min(capacity, MAX_BLOCKS);
  const held = Math.round((allocated / capacity) * blocks);
  return (
    <span className={css.blocks} aria-hidden="true">
      {Array.from({ length: blocks }, (_, index) => (
        <i key={index} data-held={index < held || undefined} />
      ))}
    </span>
  );
}

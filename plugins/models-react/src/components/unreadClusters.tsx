import type { ReactNode } from 'react';
import type {
  ClusterError,
  ClusterStatus,
} from '@llm-platform/plugin-models-common';
import { Link } from '@backstage/ui';
import { links } from '../routes';
import { RelativeTime } from './RelativeTime';

/**
 * What an empty list says instead of "none": undefined when every cluster answers, so that it is
 * really empty.
 *
 * @public
 */
export function unreadClusters(errors: ClusterError[]): ReactNode {
  if (errors.length === 0) {
    return undefined;
  }
  return errors.map(error => (
    <span key={error.cluster}>
      <ClusterProblem error={error} />.{' '}
    </span>
  ));
}

/** What a cluster that is not read is doing, without its cause. */
export function ClusterProblem(props: { error: ClusterError }) {
  const { cluster, state, since } = props.error;
  if (state === 'starting') {
    return (
      <>
        Cluster {cluster} is starting: <Link href={links.home()}>Home</Link>{' '}
        shows how far it is
      </>
    );
  }
  return (
    <>
      Cluster {cluster}{' '}
      {state === 'connecting' ? 'is being read' : 'does not answer'}
      {since ? (
        <>
          {' '}
          since <RelativeTime time={since} />
        </>
      ) : undefined}
    </>
  );
}

/**
 * The clusters of a status that are not read, in the form that lists carry.
 *
 * @public
 */
export function clusterErrors(clusters: ClusterStatus[]): ClusterError[] {
  return clusters.flatMap(({ name, title, state, message, since }) =>
    state === 'synced'
      ? []
      : [
          {
            cluster: title ?? name,
            state,
            message: message ?? 'no answer',
            since,
          },
        ],
  );
}

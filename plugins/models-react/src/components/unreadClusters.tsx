import type { ReactNode } from 'react';
import type {
  ClusterError,
  ClusterStatus,
} from '@llm-platform/plugin-models-common';
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
  return errors.map(({ cluster, since }) => (
    <span key={cluster}>
      Cluster {cluster} has not been read yet or does not answer
      {since ? (
        <>
          {' '}
          since <RelativeTime time={since} />
        </>
      ) : undefined}
      .{' '}
    </span>
  ));
}

/**
 * The clusters of a status that are not read, in the form that lists carry.
 *
 * @public
 */
export function clusterErrors(clusters: ClusterStatus[]): ClusterError[] {
  return clusters
    .filter(({ state }) => state !== 'synced')
    .map(({ name, title, message, since }) => ({
      cluster: title ?? name,
      message: message ?? 'no answer',
      since,
    }));
}

import { Button } from '@backstage/ui';
import { RiTimeLine } from '@remixicon/react';
import type { ClusterError } from '@llm-platform/plugin-models-common';
import { errorMessage } from './explainError';
import { RelativeTime } from './RelativeTime';
import { ClusterProblem } from './unreadClusters';
import css from './Messages.module.css';

/** @public */
export interface StaleBannerProps {
  /** The last request's failure, when older data is still shown. */
  error?: Error;
  /** Age of what is shown. */
  updatedAt?: Date;
  /** Clusters that don't answer. */
  clusters?: ClusterError[];
  onRetry?: () => void;
}

/** Says that what is shown is older than it should be, and since when. @public */
export function StaleBanner(props: StaleBannerProps) {
  const { error, updatedAt, clusters = [], onRetry } = props;
  if (!error && clusters.length === 0) {
    return undefined;
  }
  const isFailing =
    error !== undefined || clusters.some(({ state }) => state !== 'starting');
  return (
    <div role="status" className={css.stale}>
      <RiTimeLine size={16} aria-hidden="true" />
      {error ? (
        <span>
          As of {updatedAt ? <RelativeTime time={updatedAt} /> : 'unknown'}: the
          portal does not answer ({errorMessage(error)}).
        </span>
      ) : (
        clusters.map(cluster => (
          <span key={cluster.cluster}>
            <ClusterProblem error={cluster} />
            {cluster.state === 'unreachable' ? `: ${cluster.message}` : ''}
          </span>
        ))
      )}
      {onRetry && isFailing ? (
        <Button size="small" variant="tertiary" onPress={onRetry}>
          Retry now
        </Button>
      ) : undefined}
    </div>
  );
}

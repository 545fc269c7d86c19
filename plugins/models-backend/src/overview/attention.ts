import type {
  ClusterStatus,
  Diagnosis,
  ModelDeploymentFacts,
  PlatformOverview,
} from '@llm-platform/plugin-models-common';
import { findingsOf, newestFirst, summarize } from '../deployments';
import type { LogSnapshots } from '../logs';
import type { ClusterCache } from '../watch';

type Attention = PlatformOverview['attention'];

/** More than this is a list that nobody reads; each costs up to three log reads. */
const MAX_DIAGNOSED = 20;
const SEVERITIES: Array<Diagnosis['severity']> = ['error', 'warning', 'info'];

/** What a person should look at, the worst first. */
export async function collectAttention(
  models: Array<{ cluster: ClusterCache; facts: ModelDeploymentFacts }>,
  options: { statuses: ClusterStatus[]; logs: LogSnapshots },
): Promise<Attention> {
  const troubled = models
    .map(model => ({
      ...model,
      summary: summarize(model.cluster, model.facts),
    }))
    .filter(({ summary }) =>
      ['Waiting', 'Starting', 'Degraded', 'Failing'].includes(summary.state),
    )
    .slice(0, MAX_DIAGNOSED);
  const findings = await Promise.all(
    troubled.map(async ({ cluster, facts, summary }) => {
      const diagnoses = await findingsOf(cluster, facts, options);
      const { name, namespace, team } = summary;
      return diagnoses
        .filter(diagnosis => diagnosis.severity !== 'info')
        .slice(0, 3)
        .map(diagnosis => ({
          ...diagnosis,
          ref: { cluster: summary.cluster, namespace, name },
          team,
          since: String(
            newestFirst(facts.pods)[0]?.metadata?.creationTimestamp ??
              summary.createdAt,
          ),
        }));
    }),
  );
  return [...options.statuses.flatMap(unreachable), ...findings.flat()].sort(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  );
}

function unreachable(status: ClusterStatus): Attention {
  if (status.state !== 'unreachable') {
    return [];
  }
  return [
    {
      cause: 'cluster-unreachable',
      severity: 'error',
      title: `Cluster ${status.title ?? status.name} does not answer`,
      explanation: `The portal has had no answer from cluster ${status.name} since ${status.since}. What is shown of it is as of then.`,
      evidence: [
        { object: `cluster/${status.name}`, text: status.message ?? '' },
      ],
      remedy:
        'Check that its API server runs and that the portal can reach it. The portal connects again by itself.',
      since: status.since,
    },
  ];
}

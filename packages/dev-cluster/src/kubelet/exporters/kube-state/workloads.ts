import { V1DaemonSet, V1Deployment } from '@kubernetes/client-node';
import { Family, Sample, gauge } from '../family';
import { at, conditionStatus } from './samples';

/** What kube-state-metrics tells of Deployments. */
export function deploymentFamilies(
  deployments: readonly V1Deployment[],
): Family[] {
  return [
    gauge(
      'kube_deployment_created',
      'Unix creation timestamp',
      deployments.flatMap(deployment =>
        at(
          deployment.metadata?.creationTimestamp,
          labelsOf(deployment, 'deployment'),
        ),
      ),
    ),
    ...gauges(deployments, 'deployment', [
      [
        'kube_deployment_metadata_generation',
        'Sequence number representing a specific generation of the desired state.',
        d => d.metadata?.generation,
      ],
      [
        'kube_deployment_status_observed_generation',
        'The generation observed by the deployment controller.',
        d => d.status?.observedGeneration,
      ],
      [
        'kube_deployment_spec_replicas',
        'Number of desired pods for a deployment.',
        d => d.spec?.replicas ?? 1,
      ],
      [
        'kube_deployment_spec_paused',
        'Whether the deployment is paused and will not be processed by the deployment controller.',
        d => Number(d.spec?.paused ?? false),
      ],
      [
        'kube_deployment_status_replicas',
        'The number of replicas per deployment.',
        d => d.status?.replicas ?? 0,
      ],
      [
        'kube_deployment_status_replicas_ready',
        'The number of ready replicas per deployment.',
        d => d.status?.readyReplicas ?? 0,
      ],
      [
        'kube_deployment_status_replicas_available',
        'The number of available replicas per deployment.',
        d => d.status?.availableReplicas ?? 0,
      ],
      [
        'kube_deployment_status_replicas_unavailable',
        'The number of unavailable replicas per deployment.',
        d => d.status?.unavailableReplicas ?? 0,
      ],
      [
        'kube_deployment_status_replicas_updated',
        'The number of updated replicas per deployment.',
        d => d.status?.updatedReplicas ?? 0,
      ],
    ]),
    gauge(
      'kube_deployment_status_condition',
      'The current status conditions of a deployment.',
      deployments.flatMap(deployment =>
        (deployment.status?.conditions ?? []).flatMap(
          ({ type, status, reason }) =>
            conditionStatus(
              {
                ...labelsOf(deployment, 'deployment'),
                condition: type,
                reason: reason ?? '',
              },
              'status',
              status,
            ),
        ),
      ),
    ),
  ];
}

/** What kube-state-metrics tells of DaemonSets. */
export function daemonSetFamilies(
  daemonSets: readonly V1DaemonSet[],
): Family[] {
  return gauges(daemonSets, 'daemonset', [
    [
      'kube_daemonset_metadata_generation',
      'Sequence number representing a specific generation of the desired state.',
      d => d.metadata?.generation,
    ],
    [
      'kube_daemonset_status_desired_number_scheduled',
      'The number of nodes that should be running the daemon pod.',
      d => d.status?.desiredNumberScheduled,
    ],
    [
      'kube_daemonset_status_number_ready',
      'The number of nodes that should be running the daemon pod and have one or more of the daemon pod running and ready.',
      d => d.status?.numberReady,
    ],
    [
      'kube_daemonset_status_number_available',
      'The number of nodes that should be running the daemon pod and have one or more of the daemon pod running and available',
      d => d.status?.numberAvailable ?? 0,
    ],
  ]);
}

interface Named {
  metadata?: { namespace?: string; name?: string };
}

function labelsOf({ metadata }: Named, kind: string): Sample['labels'] {
  return {
    namespace: metadata?.namespace ?? '',
    [kind]: metadata?.name ?? '',
  };
}

/** Gauges with a sample for each object of which there is a value: none is not zero. */
function gauges<T extends Named>(
  objects: readonly T[],
  kind: string,
  metrics: ReadonlyArray<
    [name: string, help: string, value: (object: T) => number | undefined]
  >,
): Family[] {
  return metrics.map(([name, help, value]) =>
    gauge(
      name,
      help,
      objects.flatMap(object => {
        const known = value(object);
        return known === undefined
          ? []
          : [{ labels: labelsOf(object, kind), value: known }];
      }),
    ),
  );
}

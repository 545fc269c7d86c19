import { V1DaemonSet, V1Deployment } from '@kubernetes/client-node';
import { Family, Sample, gauge, oneOf } from '../family';
import { at } from './pods';

/** What kube-state-metrics tells of Deployments. */
export function deploymentFamilies(
  deployments: readonly V1Deployment[],
): Family[] {
  const per = (
    name: string,
    help: string,
    value: (deployment: V1Deployment) => number | undefined,
  ) => gauge(name, help, values(deployments, 'deployment', value));
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
    per(
      'kube_deployment_metadata_generation',
      'Sequence number representing a specific generation of the desired state.',
      d => d.metadata?.generation,
    ),
    per(
      'kube_deployment_status_observed_generation',
      'The generation observed by the deployment controller.',
      d => d.status?.observedGeneration,
    ),
    per(
      'kube_deployment_spec_replicas',
      'Number of desired pods for a deployment.',
      d => d.spec?.replicas ?? 1,
    ),
    per(
      'kube_deployment_spec_paused',
      'Whether the deployment is paused and will not be processed by the deployment controller.',
      d => Number(d.spec?.paused ?? false),
    ),
    per(
      'kube_deployment_status_replicas',
      'The number of replicas per deployment.',
      d => d.status?.replicas ?? 0,
    ),
    per(
      'kube_deployment_status_replicas_ready',
      'The number of ready replicas per deployment.',
      d => d.status?.readyReplicas ?? 0,
    ),
    per(
      'kube_deployment_status_replicas_available',
      'The number of available replicas per deployment.',
      d => d.status?.availableReplicas ?? 0,
    ),
    per(
      'kube_deployment_status_replicas_unavailable',
      'The number of unavailable replicas per deployment.',
      d => d.status?.unavailableReplicas ?? 0,
    ),
    per(
      'kube_deployment_status_replicas_updated',
      'The number of updated replicas per deployment.',
      d => d.status?.updatedReplicas ?? 0,
    ),
    gauge(
      'kube_deployment_status_condition',
      'The current status conditions of a deployment.',
      deployments.flatMap(deployment =>
        (deployment.status?.conditions ?? []).flatMap(
          ({ type, status, reason }) =>
            oneOf(
              {
                ...labelsOf(deployment, 'deployment'),
                condition: type,
                reason: reason ?? '',
              },
              'status',
              ['true', 'false', 'unknown'],
              status.toLowerCase(),
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
  const per = (
    name: string,
    help: string,
    value: (daemonSet: V1DaemonSet) => number | undefined,
  ) => gauge(name, help, values(daemonSets, 'daemonset', value));
  return [
    per(
      'kube_daemonset_metadata_generation',
      'Sequence number representing a specific generation of the desired state.',
      d => d.metadata?.generation,
    ),
    per(
      'kube_daemonset_status_desired_number_scheduled',
      'The number of nodes that should be running the daemon pod.',
      d => d.status?.desiredNumberScheduled,
    ),
    per(
      'kube_daemonset_status_number_ready',
      'The number of nodes that should be running the daemon pod and have one or more of the daemon pod running and ready.',
      d => d.status?.numberReady,
    ),
    per(
      'kube_daemonset_status_number_available',
      'The number of nodes that should be running the daemon pod and have one or more of the daemon pod running and available',
      d => d.status?.numberAvailable ?? 0,
    ),
  ];
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

/** A sample for each object of which there is a value: none is not zero. */
function values<T extends Named>(
  objects: readonly T[],
  kind: string,
  value: (object: T) => number | undefined,
): Sample[] {
  return objects.flatMap(object => {
    const known = value(object);
    return known === undefined
      ? []
      : [{ labels: labelsOf(object, kind), value: known }];
  });
}

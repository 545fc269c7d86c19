import { V1Container, V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import { Family, Sample, gauge, oneOf } from '../family';
import { resourceSamples } from './resources';
import { at, conditionStatus } from './samples';

const PHASES = ['Pending', 'Succeeded', 'Failed', 'Running', 'Unknown'];

/** What kube-state-metrics tells of pods. */
export function podFamilies(pods: readonly V1Pod[]): Family[] {
  const perPod = (of: (pod: V1Pod, labels: Sample['labels']) => Sample[]) =>
    pods.flatMap(pod => of(pod, podLabels(pod)));
  const perContainer = (
    of: (
      container: V1Container,
      status: V1ContainerStatus | undefined,
      labels: Sample['labels'],
      pod: V1Pod,
    ) => Sample[],
  ) =>
    perPod((pod, labels) =>
      (pod.spec?.containers ?? []).flatMap(container =>
        of(
          container,
          pod.status?.containerStatuses?.find(s => s.name === container.name),
          { ...labels, container: container.name },
          pod,
        ),
      ),
    );
  const perStatus = (
    name: string,
    help: string,
    value: (status: V1ContainerStatus) => boolean,
  ) =>
    gauge(
      name,
      help,
      perContainer((_, status, labels) =>
        status ? [{ labels, value: Number(value(status)) }] : [],
      ),
    );
  const perReason = (
    name: string,
    help: string,
    reason: (status: V1ContainerStatus) => string | undefined,
  ) =>
    gauge(
      name,
      help,
      perContainer((_, status, labels) => {
        const why = status && reason(status);
        return why ? [{ labels: { ...labels, reason: why }, value: 1 }] : [];
      }),
    );

  return [
    gauge(
      'kube_pod_info',
      'Information about pod.',
      perPod((pod, labels) => [
        {
          labels: {
            ...labels,
            host_ip: pod.status?.hostIP ?? '',
            pod_ip: pod.status?.podIP ?? '',
            node: pod.spec?.nodeName ?? '',
            created_by_kind: owner(pod)?.kind ?? '',
            created_by_name: owner(pod)?.name ?? '',
            priority_class: pod.spec?.priorityClassName ?? '',
            host_network: String(pod.spec?.hostNetwork ?? false),
          },
          value: 1,
        },
      ]),
    ),
    gauge(
      'kube_pod_owner',
      "Information about the Pod's owner.",
      perPod((pod, labels) => [
        {
          labels: {
            ...labels,
            owner_kind: owner(pod)?.kind ?? '',
            owner_name: owner(pod)?.name ?? '',
            owner_is_controller: String(owner(pod)?.controller ?? ''),
          },
          value: 1,
        },
      ]),
    ),
    gauge(
      'kube_pod_created',
      'Unix creation timestamp',
      perPod((pod, labels) => at(pod.metadata?.creationTimestamp, labels)),
    ),
    gauge(
      'kube_pod_start_time',
      'Start time in unix timestamp for a pod.',
      perPod((pod, labels) => at(pod.status?.startTime, labels)),
    ),
    gauge(
      'kube_pod_status_phase',
      'The pods current phase.',
      perPod((pod, labels) =>
        oneOf(labels, 'phase', PHASES, pod.status?.phase),
      ),
    ),
    gauge(
      'kube_pod_status_ready',
      'Describes whether the pod is ready to serve requests.',
      perPod((pod, labels) => condition(pod, 'Ready', labels)),
    ),
    gauge(
      'kube_pod_status_scheduled',
      'Describes the status of the scheduling process for the pod.',
      perPod((pod, labels) => condition(pod, 'PodScheduled', labels)),
    ),
    gauge(
      'kube_pod_container_info',
      'Information about a container in a pod.',
      perContainer((container, status, labels) => [
        {
          labels: {
            ...labels,
            image: status?.image ?? '',
            image_spec: container.image ?? '',
            image_id: status?.imageID ?? '',
            container_id: status?.containerID ?? '',
          },
          value: 1,
        },
      ]),
    ),
    {
      name: 'kube_pod_container_status_restarts_total',
      help: 'The number of container restarts per container.',
      type: 'counter',
      samples: perContainer((_, status, labels) =>
        status ? [{ labels, value: status.restartCount }] : [],
      ),
    },
    perStatus(
      'kube_pod_container_status_ready',
      'Describes whether the containers readiness check succeeded.',
      status => status.ready,
    ),
    perStatus(
      'kube_pod_container_status_running',
      'Describes whether the container is currently in running state.',
      status => status.state?.running !== undefined,
    ),
    perStatus(
      'kube_pod_container_status_waiting',
      'Describes whether the container is currently in waiting state.',
      status => status.state?.waiting !== undefined,
    ),
    perStatus(
      'kube_pod_container_status_terminated',
      'Describes whether the container is currently in terminated state.',
      status => status.state?.terminated !== undefined,
    ),
    perReason(
      'kube_pod_container_status_waiting_reason',
      'Describes the reason the container is currently in waiting state.',
      status => status.state?.waiting?.reason,
    ),
    perReason(
      'kube_pod_container_status_last_terminated_reason',
      'Describes the last reason the container was in terminated state.',
      status => status.lastState?.terminated?.reason,
    ),
    gauge(
      'kube_pod_container_resource_requests',
      'The number of requested request resource by a container.',
      perContainer((container, _, labels, pod) =>
        resourceSamples(
          { ...labels, node: pod.spec?.nodeName ?? '' },
          container.resources?.requests,
        ),
      ),
    ),
    gauge(
      'kube_pod_container_resource_limits',
      'The number of requested limit resource by a container.',
      perContainer((container, _, labels, pod) =>
        resourceSamples(
          { ...labels, node: pod.spec?.nodeName ?? '' },
          container.resources?.limits,
        ),
      ),
    ),
  ];
}

function podLabels({ metadata }: V1Pod): Sample['labels'] {
  return {
    namespace: metadata?.namespace ?? '',
    pod: metadata?.name ?? '',
    uid: metadata?.uid ?? '',
  };
}

function owner({ metadata }: V1Pod) {
  return metadata?.ownerReferences?.[0];
}

function condition(
  pod: V1Pod,
  type: string,
  labels: Sample['labels'],
): Sample[] {
  const found = pod.status?.conditions?.find(c => c.type === type);
  return found ? conditionStatus(labels, 'condition', found.status) : [];
}

import {
  schedulerMessage,
  type KubeContainerStatus,
  type KubeDeployment,
  type KubeEvent,
  type KubeNode,
  type KubeObject,
  type KubePersistentVolumeClaim,
  type KubePod,
  type KubeStorageClass,
} from '../kube';
import type { Diagnosis } from './types';

/** Facts of one model deployment (or team service). `undefined` = not read. @public */
export interface DiagnosisFacts {
  deployment?: KubeDeployment;
  /** The inventory has the Deployment and the cluster does not. */
  deploymentMissing?: boolean;
  pods: KubePod[];
  /** Events of the Deployment, its ReplicaSets, pods and claims. */
  events?: KubeEvent[];
  pvcs?: KubePersistentVolumeClaim[];
  nodes?: KubeNode[];
  storageClasses?: KubeStorageClass[];
  csiDrivers?: string[];
  /** Lines by pod name; of the previous container when the current one has just started. */
  logLines?: Record<string, string[]>;
}

/** One rule: facts in, findings out; silent when unsure. */
export type Rule = (facts: DiagnosisFacts) => Diagnosis[];

/** `Pod quant/mistral-0`. */
export function objectName(kind: string, { metadata }: KubeObject): string {
  const { namespace, name } = metadata ?? {};
  return `${kind} ${namespace ? `${namespace}/` : ''}${name ?? ''}`;
}

/** Container statuses of all pods, init containers too. */
export function statusesOf(
  facts: DiagnosisFacts,
): Array<{ pod: KubePod; status: KubeContainerStatus }> {
  return facts.pods.flatMap(pod =>
    [
      ...(pod.status?.initContainerStatuses ?? []),
      ...(pod.status?.containerStatuses ?? []),
    ].map(status => ({ pod, status })),
  );
}

/** Pods that no node has taken, with the scheduler's reason. */
export function unscheduledPods(
  facts: DiagnosisFacts,
): Array<{ pod: KubePod; message: string }> {
  return facts.pods.flatMap(pod => {
    const message = pod.spec?.nodeName ? undefined : schedulerMessage(pod);
    return message === undefined ? [] : [{ pod, message }];
  });
}

/** Events about one object, by kind and name. */
export function eventsOf(
  facts: DiagnosisFacts,
  kind: string,
  name: string | undefined,
): KubeEvent[] {
  return (facts.events ?? []).filter(
    ({ involvedObject }) =>
      involvedObject?.kind === kind && involvedObject.name === name,
  );
}

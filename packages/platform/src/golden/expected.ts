/** A workload that every installation of the platform has. @public */
export interface ExpectedWorkload {
  kind: 'Deployment' | 'DaemonSet';
  namespace: string;
  name: string;
}

const deployment = (namespace: string, name: string): ExpectedWorkload => ({
  kind: 'Deployment',
  namespace,
  name,
});
const daemonSet = (namespace: string, name: string): ExpectedWorkload => ({
  kind: 'DaemonSet',
  namespace,
  name,
});

/** What gives the cluster its GPUs, metrics and volumes. @public */
export const expectedAddons: readonly ExpectedWorkload[] = [
  daemonSet('kube-system', 'nvidia-device-plugin-daemonset'),
  deployment('kube-system', 'ebs-csi-controller'),
  deployment('kube-system', 'metrics-server'),
  deployment('observability', 'kube-state-metrics'),
  daemonSet('node-agents', 'dcgm-exporter'),
  daemonSet('node-agents', 'otel-node-collector'),
];

/** What people and applications use. @public */
export const expectedServices: readonly ExpectedWorkload[] = [
  deployment('platform', 'gateway'),
  deployment('llm-baseline', 'baseline'),
  deployment('quant', 'quant-api'),
  deployment('finetune', 'finetune-api'),
  deployment('eval', 'eval-api'),
  deployment('observability', 'prometheus'),
  deployment('observability', 'loki'),
  deployment('observability', 'tempo'),
  deployment('observability', 'grafana'),
  deployment('observability', 'otel-collector'),
];

/** The teams that have a service behind the gateway. @public */
export const expectedTeams: readonly string[] = ['quant', 'finetune', 'eval'];

/** The model that the team services ask. @public */
export const baselineModel = 'baseline';

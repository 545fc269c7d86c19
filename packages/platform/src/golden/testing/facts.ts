import {
  ExpectedWorkload,
  expectedAddons,
  expectedServices,
} from '../expected';
import type { ClusterFacts } from '../facts';

/** What the manifests put on everything. */
const PLATFORM = { 'app.kubernetes.io/part-of': 'llm-platform' };

/** The facts of a platform that is as it should be; a test changes one of them. */
export function healthyFacts(): ClusterFacts {
  const of = (kind: string, { namespace, name }: ExpectedWorkload) => ({
    metadata: { namespace, name, labels: PLATFORM },
    spec: {
      replicas: 1,
      selector: { matchLabels: { 'app.kubernetes.io/name': name } },
      template: {
        spec: {
          containers: [],
          volumes:
            name === 'grafana'
              ? [{ name: 'dashboards', configMap: { name: 'dashboards-1' } }]
              : [],
        },
      },
    },
    status:
      kind === 'Deployment'
        ? { availableReplicas: 1 }
        : {
            desiredNumberScheduled: 1,
            numberAvailable: 1,
            currentNumberScheduled: 1,
            numberMisscheduled: 0,
            numberReady: 1,
          },
  });
  const all = [...expectedAddons, ...expectedServices];
  return {
    nodes: [
      {
        metadata: {
          name: 'cpu-1',
          labels: { 'node.kubernetes.io/instance-type': 't3.medium' },
        },
        status: { conditions: [{ type: 'Ready', status: 'True' }] },
      },
      {
        metadata: {
          name: 'gpu-1',
          labels: { 'node.kubernetes.io/instance-type': 'g4dn.xlarge' },
        },
        status: {
          conditions: [{ type: 'Ready', status: 'True' }],
          allocatable: { 'nvidia.com/gpu': '1' },
        },
      },
    ],
    pods: [
      {
        metadata: {
          name: 'prometheus-1',
          namespace: 'observability',
          labels: { 'app.kubernetes.io/name': 'prometheus' },
        },
      },
    ],
    deployments: all
      .filter(({ kind }) => kind === 'Deployment')
      .map(workload => of('Deployment', workload)),
    daemonSets: all
      .filter(({ kind }) => kind === 'DaemonSet')
      .map(workload => of('DaemonSet', workload)) as ClusterFacts['daemonSets'],
    claims: [
      {
        metadata: { namespace: 'platform', name: 'data', labels: PLATFORM },
        spec: { storageClassName: 'gp3' },
        status: { phase: 'Bound', capacity: { storage: '1Gi' } },
      },
    ],
    storageClasses: [
      {
        metadata: {
          name: 'gp3',
          annotations: {
            'storageclass.kubernetes.io/is-default-class': 'true',
          },
        },
        provisioner: 'ebs.csi.aws.com',
      },
      { metadata: { name: 'gp2' }, provisioner: 'kubernetes.io/aws-ebs' },
    ],
    csiDrivers: [{ metadata: { name: 'ebs.csi.aws.com' }, spec: {} }],
    configMaps: [
      {
        metadata: { name: 'dashboards-1', namespace: 'observability' },
        data: { 'gateway.json': '{"panels":[{}]}' },
      },
    ],
  };
}

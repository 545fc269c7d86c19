import { parseObjects } from '../rendered';
import { OutsideObject, checkReferences, parseOutside } from '.';

/** A small overlay in which everything resolves. */
const GOOD = `
apiVersion: v1
kind: Namespace
metadata: { name: observability }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: grafana, namespace: observability }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: grafana-dashboards, namespace: observability }
data:
  models.json: '{}'
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: gp3 }
provisioner: ebs.csi.aws.com
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: grafana-data, namespace: observability }
spec:
  storageClassName: gp3
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: grafana, namespace: observability }
spec:
  template:
    metadata:
      labels: { app.kubernetes.io/name: grafana }
    spec:
      serviceAccountName: grafana
      priorityClassName: system-cluster-critical
      containers:
        - name: grafana
          image: grafana/grafana:13.0.0
          ports: [{ name: http, containerPort: 3000 }]
          env:
            - name: GF_SECURITY_ADMIN_PASSWORD
              valueFrom:
                secretKeyRef: { name: grafana-secrets, key: admin-password }
            - name: PROMETHEUS
              value: http://prometheus.observability.svc.cluster.local:9090/x
      volumes:
        - name: dashboards
          configMap: { name: grafana-dashboards }
        - name: data
          persistentVolumeClaim: { claimName: grafana-data }
---
apiVersion: v1
kind: Service
metadata: { name: grafana, namespace: observability }
spec:
  selector: { app.kubernetes.io/name: grafana }
  ports: [{ port: 3000, targetPort: http }]
`;

const OUTSIDE: OutsideObject[] = parseOutside(`
- { apiVersion: storage.k8s.io/v1, kind: CSIDriver, name: ebs.csi.aws.com, madeBy: the EKS add-on }
- apiVersion: v1
  kind: Secret
  namespace: observability
  name: grafana-secrets
  keys: [admin-password]
  madeBy: the installation
- { apiVersion: v1, kind: Service, namespace: observability, name: prometheus, madeBy: another overlay }
`);

/** What is found when one text of the good overlay is another. */
function problemsWith(before: string | RegExp, after: string): string[] {
  const text = GOOD.replace(before, after);
  expect(text).not.toBe(GOOD);
  return problemsOf(text);
}

function problemsOf(text: string): string[] {
  return checkReferences(parseObjects(text), OUTSIDE).map(
    ({ at, message }) => `${at}: ${message}`,
  );
}

it('finds nothing where everything resolves', () => {
  expect(checkReferences(parseObjects(GOOD), OUTSIDE)).toEqual([]);
});

it.each<[string, string | RegExp, string, string]>([
  [
    'a ConfigMap that nobody makes',
    'configMap: { name: grafana-dashboards }',
    'configMap: { name: gone }',
    'Deployment observability/grafana: refers to the ConfigMap observability/gone, which is not in the overlay. Add it, or declare in outside.yaml who makes it',
  ],
  [
    'a claim that nobody makes',
    'claimName: grafana-data',
    'claimName: gone',
    'Deployment observability/grafana: refers to the PersistentVolumeClaim observability/gone',
  ],
  [
    'a key that the declared Secret lacks',
    'key: admin-password',
    'key: password',
    'Deployment observability/grafana: refers to the key password of the Secret observability/grafana-secrets, which has admin-password',
  ],
  [
    'a key that the ConfigMap lacks',
    'configMap: { name: grafana-dashboards }',
    'configMap: { name: grafana-dashboards, items: [{ key: x.json, path: x }] }',
    'refers to the key x.json of the ConfigMap observability/grafana-dashboards, which has models.json',
  ],
  [
    'a StorageClass that nobody makes',
    'storageClassName: gp3',
    'storageClassName: io2',
    'PersistentVolumeClaim observability/grafana-data: refers to the StorageClass io2',
  ],
  [
    'a claim for the default class where there is none',
    'storageClassName: gp3',
    'accessModes: [ReadWriteOnce]',
    'PersistentVolumeClaim observability/grafana-data: names no StorageClass, and no class is the default',
  ],
  [
    'a namespace that nobody makes',
    'kind: Namespace\nmetadata: { name: observability }',
    'kind: Namespace\nmetadata: { name: other }',
    'Service observability/grafana: refers to the Namespace observability',
  ],
  [
    'an account that nobody makes',
    'serviceAccountName: grafana',
    'serviceAccountName: gone',
    'refers to the ServiceAccount observability/gone',
  ],
  [
    'a priority that nobody makes',
    'system-cluster-critical',
    'models-first',
    'refers to the PriorityClass models-first',
  ],
  [
    'a Service that selects nothing',
    'selector: { app.kubernetes.io/name: grafana }',
    'selector: { app: grafana }',
    'Service observability/grafana: its selector {"matchLabels":{"app":"grafana"}} selects no pod of the namespace observability',
  ],
  [
    'a Service in front of a port that is not declared',
    'targetPort: http',
    'targetPort: web',
    'Service observability/grafana: its port 3000 goes to web, which no container that it selects declares. Those declare http',
  ],
  [
    'a kind without a CRD',
    'apiVersion: v1\nkind: ServiceAccount',
    'apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor',
    'ServiceMonitor observability/grafana: no cluster has the kind ServiceMonitor of monitoring.coreos.com/v1 by itself',
  ],
  [
    'an address without a port',
    'cluster.local:9090/x',
    'cluster.local/x',
    'the address http://prometheus.observability.svc.cluster.local has no port, so it means 80',
  ],
  [
    'an address of no Service',
    'http://prometheus.',
    'http://mimir.',
    'means the Service observability/mimir, which nobody makes',
  ],
  [
    'an address with a port that the Service lacks',
    'http://prometheus.observability.svc.cluster.local:9090',
    'http://grafana.observability.svc.cluster.local:80',
    'asks for port 80, but the Service observability/grafana has 3000',
  ],
])('finds %s', (_, before, after, expected) => {
  expect(problemsWith(before, after)).toContainEqual(
    expect.stringContaining(expected),
  );
});

it('misses what is declared nowhere: the Secret made at install', () => {
  expect(
    checkReferences(
      parseObjects(GOOD),
      OUTSIDE.filter(({ kind }) => kind !== 'Secret'),
    ),
  ).toEqual([
    {
      at: 'Deployment observability/grafana',
      message:
        'refers to the Secret observability/grafana-secrets, which is not in the overlay. Add it, or declare in outside.yaml who makes it',
    },
  ]);
});

it('knows the port of https, and the API server', () => {
  const address = (url: string) =>
    problemsOf(
      GOOD.replace(
        'http://prometheus.observability.svc.cluster.local:9090/x',
        url,
      ),
    );
  expect(address('https://kubernetes.default.svc')).toEqual([]);
  expect(address('https://grafana.observability.svc')).toEqual([
    expect.stringContaining('asks for port 443'),
  ]);
});

it('takes a kind whose CRD is declared, in the overlay or outside', () => {
  const object = `
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: gpu }
`;
  const outside = parseOutside(
    '[{ apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, name: nodepools.karpenter.sh, madeBy: Karpenter }]',
  );
  expect(checkReferences(parseObjects(object), [])).toHaveLength(1);
  expect(checkReferences(parseObjects(object), outside)).toEqual([]);
  expect(
    checkReferences(
      parseObjects(`${object}---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: nodepools.karpenter.sh }
spec: { group: karpenter.sh, names: { kind: NodePool } }
`),
      [],
    ),
  ).toEqual([]);
});

it('leaves an optional reference alone', () => {
  expect(
    checkReferences(
      parseObjects(
        GOOD.replace(
          'name: grafana-secrets, key: admin-password',
          'name: gone, key: x, optional: true',
        ),
      ),
      OUTSIDE,
    ),
  ).toEqual([]);
});

it('follows accounts, roles and targets over the namespaces', () => {
  const objects = parseObjects(`
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: binding, namespace: kube-system }
roleRef: { kind: Role, name: reader }
subjects: [{ kind: ServiceAccount, name: portal, namespace: kube-public }]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: gateway, namespace: default }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: gateway } }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: gateway, namespace: default }
spec:
  ingressClassName: alb
  rules:
    - http: { paths: [{ backend: { service: { name: gateway, port: { number: 8000 } } } }] }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: gateway, namespace: default }
spec: { selector: { matchLabels: { app.kubernetes.io/name: gateway } } }
`);
  expect(
    checkReferences(objects, [])
      .map(({ message }) => /the (\S+ \S+?),| selects no /.exec(message))
      .map(match => match?.[1] ?? match?.[0].trim()),
  ).toEqual([
    'Role kube-system/reader',
    'ServiceAccount kube-public/portal',
    'Deployment default/gateway',
    'IngressClass alb',
    'Service default/gateway',
    'selects no',
  ]);
});

it.each([
  ['an unknown field', '[{ apiVersion: v1, kind: Secret, name: x, by: me }]'],
  ['nobody who makes it', '[{ apiVersion: v1, kind: Secret, name: x }]'],
])('refuses an outside.yaml with %s', (_, text) => {
  expect(() => parseOutside(text)).toThrow('outside.yaml: ');
});

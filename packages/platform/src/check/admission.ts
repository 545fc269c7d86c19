import { EmbeddedCluster } from '../embedded';
import { dryRun } from '../policies';
import { OutsideObject, isForeignKind } from '../references';
import { RenderedObject, workloadsOf } from '../rendered';

/** What must be there for the rest to be judged by the API server. */
const FIRST = [
  'Namespace',
  'LimitRange',
  'ResourceQuota',
  'PriorityClass',
  'ServiceAccount',
];

/**
 * Sends an overlay to the API server as `kubectl apply` would, with all
 * policies in force, and a pod of each template, which Pod Security, quotas
 * and limit ranges judge. Nothing of it is kept but namespaces and what they
 * come with. Returns the server's refusals and warnings.
 */
export async function admissionProblems(
  cluster: EmbeddedCluster,
  objects: RenderedObject[],
  outside: OutsideObject[],
): Promise<string[]> {
  const first = objects.filter(({ kind }) => FIRST.includes(kind));
  // Without its CRD the server doesn't know the kind: checkKinds looks there.
  const rest = objects.filter(
    object => !FIRST.includes(object.kind) && !isForeignKind(object, outside),
  );
  const pods = podsOf(rest);
  const results = [
    first.length > 0 &&
      (await cluster.kubectl(
        ['apply', '--server-side', '--force-conflicts', '-f', '-'],
        list(first),
      )),
    rest.length > 0 && (await dryRun(cluster, list(rest))),
    pods.length > 0 &&
      (await cluster.kubectl(
        ['create', '--dry-run=server', '-f', '-'],
        list(pods),
      )),
  ];
  return results
    .flatMap(result => result || [])
    .flatMap(({ stderr }) =>
      stderr.split('\n').filter(line => line.trim() !== ''),
    );
}

/** One pod of each template, as its controller would make it. */
function podsOf(objects: RenderedObject[]): object[] {
  return workloadsOf(objects).map(({ object, template }) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...template.metadata,
      name: `${object.metadata.name}-0`,
      namespace: object.metadata.namespace,
    },
    spec: template.spec,
  }));
}

function list(items: object[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}

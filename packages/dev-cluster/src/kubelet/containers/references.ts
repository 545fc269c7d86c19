import {
  V1ConfigMap,
  V1Container,
  V1Pod,
  V1Secret,
} from '@kubernetes/client-node';
import { parseQuantity } from './quantity';

/** Where ConfigMaps and Secrets are looked up. @public */
export interface ObjectLookup {
  configMap(namespace: string, name: string): V1ConfigMap | undefined;
  secret(namespace: string, name: string): V1Secret | undefined;
}

/** What the downward API needs beside the pod's own fields. @public */
export interface PodFacts {
  podIP: string;
  hostIP: string;
  nodeName: string;
  nodeAllocatable: Record<string, string>;
}

/** Value of a `fieldRef`. @public */
export function fieldValue(
  pod: V1Pod,
  fieldPath: string,
  facts: PodFacts,
): string {
  const metadata = pod.metadata ?? {};
  const subscript = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(
    fieldPath,
  );
  if (subscript) {
    const map =
      subscript[1] === 'labels' ? metadata.labels : metadata.annotations;
    return map?.[subscript[2]] ?? '';
  }
  switch (fieldPath) {
    case 'metadata.name':
      return metadata.name ?? '';
    case 'metadata.namespace':
      return metadata.namespace ?? '';
    case 'metadata.uid':
      return metadata.uid ?? '';
    case 'metadata.labels':
      return formatMap(metadata.labels ?? {});
    case 'metadata.annotations':
      return formatMap(metadata.annotations ?? {});
    case 'spec.nodeName':
      return facts.nodeName;
    case 'spec.serviceAccountName':
      return pod.spec?.serviceAccountName ?? '';
    case 'status.hostIP':
    case 'status.hostIPs':
      return facts.hostIP;
    case 'status.podIP':
    case 'status.podIPs':
      return facts.podIP;
    default:
      throw new Error(`unsupported fieldPath: ${fieldPath}`);
  }
}

/** Value of a `resourceFieldRef`. @public */
export function resourceValue(
  container: V1Container,
  resource: string,
  divisor: string | undefined,
  facts: PodFacts,
): string {
  const [kind, name] = [
    resource.slice(0, resource.indexOf('.')),
    resource.slice(resource.indexOf('.') + 1),
  ];
  const { limits, requests } = container.resources ?? {};
  let quantity: string | undefined;
  if (kind === 'limits') {
    // Without a limit the container may use the whole node.
    quantity = limits?.[name] ?? facts.nodeAllocatable[name];
  } else if (kind === 'requests') {
    quantity = requests?.[name] ?? limits?.[name];
  } else {
    throw new Error(`unsupported container resource : ${resource}`);
  }
  const unit = divisor === undefined || divisor === '0' ? '1' : divisor;
  const value = parseQuantity(quantity ?? '0') / parseQuantity(unit);
  // Binary fractions must not lift 500m / 1m to 501.
  return String(Math.ceil(Number(value.toFixed(6))));
}

function formatMap(map: Record<string, string>): string {
  return Object.keys(map)
    .sort()
    .map(key => `${key}=${JSON.stringify(map[key])}`)
    .join('\n');
}

import type {
  V1Container,
  V1EnvFromSource,
  V1EnvVar,
  V1KeyToPath,
  V1Volume,
} from '@kubernetes/client-node';
import { Workload, containersOf } from '../rendered';
import type { Reference } from './reference';

type Use = Omit<Reference, 'from' | 'namespace'>;

/** What the pods of a workload use: all of it in their own namespace but the priority. */
export function podReferences(workload: Workload): Reference[] {
  const { object: from, template } = workload;
  const { spec } = template;
  const { namespace } = from.metadata;
  const uses: Use[] = [
    ...containersOf(workload).flatMap(containerUses),
    ...(spec.volumes ?? []).flatMap(volumeUses),
    ...(spec.imagePullSecrets ?? []).map(({ name = '' }) => ({
      kind: 'Secret',
      name,
    })),
    ...(spec.serviceAccountName
      ? [{ kind: 'ServiceAccount', name: spec.serviceAccountName }]
      : []),
  ];
  return [
    ...uses.map(use => ({ from, namespace, ...use })),
    ...(spec.priorityClassName
      ? [{ from, kind: 'PriorityClass', name: spec.priorityClassName }]
      : []),
    ...(spec.runtimeClassName
      ? [{ from, kind: 'RuntimeClass', name: spec.runtimeClassName }]
      : []),
  ];
}

function containerUses({ env = [], envFrom = [] }: V1Container): Use[] {
  return [...env.flatMap(variableUses), ...envFrom.flatMap(sourceUses)];
}

function variableUses({ valueFrom }: V1EnvVar): Use[] {
  return [
    { kind: 'Secret', reference: valueFrom?.secretKeyRef },
    { kind: 'ConfigMap', reference: valueFrom?.configMapKeyRef },
  ].flatMap(({ kind, reference }) =>
    reference && !reference.optional
      ? [{ kind, name: reference.name ?? '', key: reference.key }]
      : [],
  );
}

function sourceUses({ secretRef, configMapRef }: V1EnvFromSource): Use[] {
  return [
    { kind: 'Secret', reference: secretRef },
    { kind: 'ConfigMap', reference: configMapRef },
  ].flatMap(({ kind, reference }) =>
    reference && !reference.optional
      ? [{ kind, name: reference.name ?? '' }]
      : [],
  );
}

function volumeUses(volume: V1Volume): Use[] {
  const { secret, configMap, projected, persistentVolumeClaim } = volume;
  return [
    ...(secret && !secret.optional
      ? withKeys('Secret', secret.secretName, secret.items)
      : []),
    ...(configMap && !configMap.optional
      ? withKeys('ConfigMap', configMap.name, configMap.items)
      : []),
    ...(projected?.sources ?? []).flatMap(source => [
      ...(source.secret && !source.secret.optional
        ? withKeys('Secret', source.secret.name, source.secret.items)
        : []),
      ...(source.configMap && !source.configMap.optional
        ? withKeys('ConfigMap', source.configMap.name, source.configMap.items)
        : []),
    ]),
    ...(persistentVolumeClaim
      ? [
          {
            kind: 'PersistentVolumeClaim',
            name: persistentVolumeClaim.claimName,
          },
        ]
      : []),
  ];
}

function withKeys(
  kind: string,
  name = '',
  items: V1KeyToPath[] | undefined,
): Use[] {
  return items?.length
    ? items.map(({ key }) => ({ kind, name, key }))
    : [{ kind, name }];
}

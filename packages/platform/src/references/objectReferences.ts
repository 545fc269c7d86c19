import type {
  RbacV1Subject,
  V1Ingress,
  V1PersistentVolumeClaim,
  V1RoleRef,
} from '@kubernetes/client-node';
import { RenderedObject, valueAt } from '../rendered';
import type { Reference } from './reference';

const READERS: Record<string, (from: RenderedObject) => Reference[]> = {
  PersistentVolumeClaim: from => storageClassOf(from, from),
  StatefulSet: from =>
    [valueAt(from, 'spec', 'volumeClaimTemplates') ?? []]
      .flat()
      .flatMap(claim => storageClassOf(from, claim)),
  StorageClass: from =>
    named(from, 'CSIDriver', undefined, valueAt(from, 'provisioner')),
  Ingress: ingressReferences,
  RoleBinding: bindingReferences,
  ClusterRoleBinding: bindingReferences,
  HorizontalPodAutoscaler: from => {
    const target = valueAt(from, 'spec', 'scaleTargetRef');
    return named(
      from,
      String(valueAt(target, 'kind')),
      from.metadata.namespace,
      valueAt(target, 'name'),
    );
  },
  ValidatingAdmissionPolicyBinding: from =>
    named(
      from,
      'ValidatingAdmissionPolicy',
      undefined,
      valueAt(from, 'spec', 'policyName'),
    ),
  APIService: from =>
    named(
      from,
      'Service',
      valueAt(from, 'spec', 'service', 'namespace') as string | undefined,
      valueAt(from, 'spec', 'service', 'name'),
    ),
};

/** What an object itself uses, its pods aside. */
export function objectReferences(from: RenderedObject): Reference[] {
  const { namespace } = from.metadata;
  return [
    ...(namespace ? [{ from, kind: 'Namespace', name: namespace }] : []),
    ...(READERS[from.kind]?.(from) ?? []),
  ];
}

function storageClassOf(from: RenderedObject, claim: unknown): Reference[] {
  const { spec } = claim as V1PersistentVolumeClaim;
  // An empty text asks for a volume without a class.
  return spec?.storageClassName
    ? named(from, 'StorageClass', undefined, spec.storageClassName)
    : [];
}

function ingressReferences(from: RenderedObject): Reference[] {
  const { namespace } = from.metadata;
  const { spec } = from as unknown as V1Ingress;
  const backends = [
    spec?.defaultBackend,
    ...(spec?.rules ?? []).flatMap(({ http }) =>
      (http?.paths ?? []).map(({ backend }) => backend),
    ),
  ];
  return [
    ...named(from, 'IngressClass', undefined, spec?.ingressClassName),
    ...backends.flatMap(backend =>
      named(from, 'Service', namespace, backend?.service?.name),
    ),
    ...(spec?.tls ?? []).flatMap(({ secretName }) =>
      named(from, 'Secret', namespace, secretName),
    ),
  ];
}

function bindingReferences(from: RenderedObject): Reference[] {
  const { namespace } = from.metadata;
  const role = from.roleRef as V1RoleRef | undefined;
  const subjects = (from.subjects as RbacV1Subject[] | undefined) ?? [];
  return [
    ...named(
      from,
      role?.kind ?? '',
      role?.kind === 'Role' ? namespace : undefined,
      role?.name,
    ),
    ...subjects
      .filter(({ kind }) => kind === 'ServiceAccount')
      .flatMap(subject =>
        named(
          from,
          'ServiceAccount',
          subject.namespace ?? namespace,
          subject.name,
        ),
      ),
  ];
}

function named(
  from: RenderedObject,
  kind: string,
  namespace: string | undefined,
  name: unknown,
): Reference[] {
  return typeof name === 'string' && name !== ''
    ? [{ from, kind, namespace, name }]
    : [];
}

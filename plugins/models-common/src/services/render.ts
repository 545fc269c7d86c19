import {
  annotations,
  APPLICATION_KEY,
  GATEWAY_INTERNAL_URL,
  labels,
  METRICS_PORT,
  PLATFORM_NAMESPACE,
  SERVICE_PORT,
} from '../labels';
import type { KubernetesObject } from '../manifests/types';
import { serviceInventory } from './inventory';
import {
  gatewayKeyName,
  podKeyName,
  serviceLabels,
  serviceSelector,
} from './names';
import type { TeamServiceSpec } from './types';

/** Entry of the pods' Secret. */
const KEY_ENTRY = 'key';

/** A gateway key of which only its maker has the text. @public */
export interface GatewayKey {
  /** Shown in logs and metrics. */
  id: string;
  /** The text itself, `sk-llmp-…`. */
  key: string;
  /** Lower-case hex SHA-256 of the text. */
  hash: string;
}

/** A key that the cluster has already: its Secrets are in the set and not written again. @public */
export type KeptKey = Pick<GatewayKey, 'id'>;

function memberLabels(spec: TeamServiceSpec): Record<string, string> {
  return {
    ...serviceLabels(spec),
    [labels.applySetPartOf]: serviceInventory.applySetId(spec.metadata),
  };
}

function metadataOf(spec: TeamServiceSpec) {
  const { name, namespace } = spec.metadata;
  return { name, namespace, labels: memberLabels(spec) };
}

function renderServiceAccount(spec: TeamServiceSpec): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: metadataOf(spec),
    automountServiceAccountToken: false,
  };
}

function renderService(spec: TeamServiceSpec): KubernetesObject {
  const metadata = metadataOf(spec);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      ...metadata,
      labels: { ...metadata.labels, [labels.route]: spec.spec.route },
    },
    spec: {
      selector: serviceSelector(spec.metadata.name),
      ports: [
        {
          name: 'http',
          port: SERVICE_PORT,
          targetPort: 'http',
          protocol: 'TCP',
        },
      ],
    },
  };
}

function probe(path: string, periodSeconds: number, failureThreshold: number) {
  return { httpGet: { path, port: 'http' }, periodSeconds, failureThreshold };
}

function container(spec: TeamServiceSpec) {
  const { name, team } = spec.metadata;
  const { image, model, resources } = spec.spec;
  // No HOST: the image knows on which address it has to listen.
  const env: Record<string, string> = {
    PORT: String(SERVICE_PORT),
    METRICS_PORT: String(METRICS_PORT),
    TEAM: team,
    VLLM_BASE_URL: GATEWAY_INTERNAL_URL,
    MODEL: model,
  };
  return {
    name,
    image,
    imagePullPolicy: 'IfNotPresent',
    ports: [
      { name: 'http', containerPort: SERVICE_PORT, protocol: 'TCP' },
      { name: 'metrics', containerPort: METRICS_PORT, protocol: 'TCP' },
    ],
    env: [
      ...Object.entries(env).map(([key, value]) => ({ name: key, value })),
      {
        name: 'VLLM_API_KEY',
        valueFrom: {
          secretKeyRef: { name: podKeyName(name), key: KEY_ENTRY },
        },
      },
    ],
    startupProbe: probe('/startup', 2, 30),
    readinessProbe: probe('/ready', 2, 2),
    livenessProbe: probe('/health', 10, 3),
    resources,
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
  };
}

function renderDeployment(
  spec: TeamServiceSpec,
  keyId: string | undefined,
): KubernetesObject {
  const { name } = spec.metadata;
  const { model, repository, replicas } = spec.spec;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      ...metadataOf(spec),
      annotations: {
        [annotations.usesModel]: model,
        ...(repository && { [annotations.repository]: repository }),
      },
    },
    spec: {
      replicas,
      revisionHistoryLimit: 3,
      selector: { matchLabels: serviceSelector(name) },
      template: {
        metadata: {
          labels: serviceLabels(spec),
          // Another key makes other pods: a running one has read the old key.
          ...(keyId && { annotations: { [annotations.keyId]: keyId } }),
        },
        spec: {
          serviceAccountName: name,
          automountServiceAccountToken: false,
          // A Service of that name would otherwise set variables that the service reads as its own.
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 60,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 1000,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [container(spec)],
        },
      },
    },
  };
}

/** Base64 as a Secret's `data` has it; what goes in is ASCII. */
function encoded(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, btoa(value)]),
  );
}

function renderSecrets(
  spec: TeamServiceSpec,
  key: GatewayKey | KeptKey,
): KubernetesObject[] {
  const { name, namespace, team } = spec.metadata;
  const described = { [annotations.keyId]: key.id };
  const entries = (values: (made: GatewayKey) => Record<string, string>) =>
    'hash' in key ? { type: 'Opaque', data: encoded(values(key)) } : {};
  return [
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        ...metadataOf(spec),
        name: podKeyName(name),
        annotations: described,
      },
      ...entries(made => ({ [KEY_ENTRY]: made.key })),
    },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: gatewayKeyName({ name, namespace }),
        namespace: PLATFORM_NAMESPACE,
        labels: { ...memberLabels(spec), [labels.credential]: APPLICATION_KEY },
        annotations: described,
      },
      ...entries(({ id, hash }) => ({
        id,
        hash,
        team,
        models: JSON.stringify([spec.spec.model]),
        ...Object.fromEntries(
          Object.entries(spec.spec.limits).map(([limit, value]) => [
            limit,
            String(value),
          ]),
        ),
      })),
    },
  ];
}

/**
 * What of a team service goes into its repository: no Secret, for a repository is no place for a
 * key. ServiceAccount, Service, Deployment.
 *
 * @public
 */
export function renderServiceManifests(
  spec: TeamServiceSpec,
): KubernetesObject[] {
  return [
    renderServiceAccount(spec),
    renderService(spec),
    renderDeployment(spec, undefined),
  ];
}

/**
 * The members of a team service's ApplySet in the order of applying: ServiceAccount, the two halves
 * of the gateway key, Service, Deployment. The parent is rendered by {@link serviceInventory}.
 *
 * @public
 */
export function renderTeamService(
  spec: TeamServiceSpec,
  options: { key: GatewayKey | KeptKey },
): KubernetesObject[] {
  return [
    renderServiceAccount(spec),
    ...renderSecrets(spec, options.key),
    renderService(spec),
    renderDeployment(spec, options.key.id),
  ];
}

import { V1Container, V1EnvVar, V1Pod } from '@kubernetes/client-node';
import { expand } from './expansion';
import {
  ObjectLookup,
  PodFacts,
  fieldValue,
  resourceValue,
} from './references';

/** Something the container refers to isn't there. @public */
export class ContainerConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ContainerConfigError';
  }
}

/** @public */
export interface EnvOptions {
  pod: V1Pod;
  container: V1Container;
  facts: PodFacts;
  lookup: ObjectLookup;
  /** From the Services of the namespace; the pod's own variables win. */
  serviceEnv: Record<string, string>;
}

/**
 * The container's variables: `envFrom`, then `env` in its order, each seeing
 * the ones before it. Throws {@link ContainerConfigError} in the kubelet's
 * words where a ConfigMap, Secret or key is missing.
 *
 * @public
 */
export function resolveEnv(options: EnvOptions): Record<string, string> {
  const { container, lookup, pod } = options;
  const namespace = pod.metadata?.namespace ?? 'default';
  const result: Record<string, string> = {};

  for (const source of container.envFrom ?? []) {
    const prefix = source.prefix ?? '';
    const add = (values: Record<string, string>) => {
      for (const [key, value] of Object.entries(values)) {
        result[`${prefix}${key}`] = value;
      }
    };
    if (source.configMapRef?.name) {
      const { name, optional } = source.configMapRef;
      add(configMapData(lookup, namespace, name, optional) ?? {});
    }
    if (source.secretRef?.name) {
      const { name, optional } = source.secretRef;
      add(secretData(lookup, namespace, name, optional) ?? {});
    }
  }

  for (const variable of container.env ?? []) {
    const value =
      variable.valueFrom === undefined
        ? expand(variable.value ?? '', { ...options.serviceEnv, ...result })
        : referencedValue(variable, options, namespace);
    if (value !== undefined) {
      result[variable.name] = value;
    }
  }
  return { ...options.serviceEnv, ...result };
}

function referencedValue(
  variable: V1EnvVar,
  { pod, container, facts, lookup }: EnvOptions,
  namespace: string,
): string | undefined {
  const from = variable.valueFrom ?? {};
  if (from.fieldRef) {
    return configValue(() =>
      fieldValue(pod, from.fieldRef?.fieldPath ?? '', facts),
    );
  }
  if (from.resourceFieldRef) {
    const { resource, divisor, containerName } = from.resourceFieldRef;
    const target =
      pod.spec?.containers.find(c => c.name === containerName) ?? container;
    return configValue(() => resourceValue(target, resource, divisor, facts));
  }
  if (from.configMapKeyRef?.name) {
    const { name, key, optional } = from.configMapKeyRef;
    const data = configMapData(lookup, namespace, name, optional);
    if (data && !Object.hasOwn(data, key) && !optional) {
      throw new ContainerConfigError(
        `couldn't find key ${key} in ConfigMap ${namespace}/${name}`,
      );
    }
    return data?.[key];
  }
  if (from.secretKeyRef?.name) {
    const { name, key, optional } = from.secretKeyRef;
    const data = secretData(lookup, namespace, name, optional);
    if (data && !Object.hasOwn(data, key) && !optional) {
      throw new ContainerConfigError(
        `couldn't find key ${key} in Secret ${namespace}/${name}`,
      );
    }
    return data?.[key];
  }
  throw new ContainerConfigError(
    `the source of variable ${variable.name} is not supported by the embedded node agent`,
  );
}

function configValue(read: () => string): string {
  try {
    return read();
  } catch (error) {
    throw new ContainerConfigError(
      error instanceof Error ? error.message : String(error),
    );
  }
}

function configMapData(
  lookup: ObjectLookup,
  namespace: string,
  name: string,
  optional: boolean | undefined,
): Record<string, string> | undefined {
  const found = lookup.configMap(namespace, name);
  if (!found && !optional) {
    throw new ContainerConfigError(`configmap "${name}" not found`);
  }
  return found && (found.data ?? {});
}

function secretData(
  lookup: ObjectLookup,
  namespace: string,
  name: string,
  optional: boolean | undefined,
): Record<string, string> | undefined {
  const found = lookup.secret(namespace, name);
  if (!found && !optional) {
    throw new ContainerConfigError(`secret "${name}" not found`);
  }
  return (
    found &&
    Object.fromEntries(
      Object.entries(found.data ?? {}).map(([key, value]) => [
        key,
        Buffer.from(value, 'base64').toString('utf8'),
      ]),
    )
  );
}

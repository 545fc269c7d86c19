import type { Entity } from '@backstage/catalog-model';
import type { ModelDeploymentRef } from '@llm-platform/plugin-models-common';

/** Which team service a catalog entity stands for, by its annotations. */
export function serviceRefOf(entity: Entity): ModelDeploymentRef | undefined {
  const annotations = entity.metadata.annotations ?? {};
  const cluster = annotations['llm-platform.dev/cluster'];
  const namespace = annotations['llm-platform.dev/namespace'];
  const name = annotations['llm-platform.dev/name'];
  return cluster && namespace && name
    ? { cluster, namespace, name }
    : undefined;
}

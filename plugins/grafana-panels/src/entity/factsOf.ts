import type { Entity } from '@backstage/catalog-model';
import type { JsonValue } from '@backstage/types';

/** An entity as configuration names its parts: plain data, as the catalog has it. */
export function factsOf(entity: Entity): JsonValue {
  const { kind, metadata, spec } = entity;
  return { kind, metadata, spec: spec ?? {} } as unknown as JsonValue;
}

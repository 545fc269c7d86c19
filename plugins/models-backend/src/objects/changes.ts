import type {
  KubernetesObject,
  ObjectChange,
} from '@llm-platform/plugin-models-common';
import { stringify } from 'yaml';
import { refOf, type LiveObject } from './objectApi';

const SERVER_METADATA = [
  'managedFields',
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'generation',
  'selfLink',
];

/** As YAML, without what the server manages itself. */
export function toReadableYaml(object: LiveObject | KubernetesObject): string {
  const { status: _status, metadata, ...rest } = object;
  const readable = Object.fromEntries(
    Object.entries(metadata).filter(([key]) => !SERVER_METADATA.includes(key)),
  );
  const annotations = { ...metadata.annotations };
  // Written by the deployment controller, a moment after every apply.
  delete annotations['deployment.kubernetes.io/revision'];
  const { annotations: _annotations, ...others } = readable;
  const { apiVersion, kind, ...body } = rest;
  return stringify(
    {
      apiVersion,
      kind,
      metadata: ordered({
        ...others,
        ...(Object.keys(annotations).length > 0 && { annotations }),
      }),
      ...(ordered(kind === 'Secret' ? withoutValues(body) : body) as object),
    },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
}

/** What a person is shown of a Secret: which entries it has. */
function withoutValues(body: Record<string, unknown>): Record<string, unknown> {
  const hidden = (values: unknown) =>
    Object.fromEntries(
      Object.keys((values ?? {}) as object).map(key => [key, '(hidden)']),
    );
  return {
    ...body,
    ...(body.data !== undefined && { data: hidden(body.data) }),
  };
}

/** Keys in alphabetical order at every depth, so that equal objects give equal text. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(ordered);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, child]) => [key, ordered(child)]),
  );
}

/** What an apply changes, from the object before it and as the server answered it. */
export function describeChange(
  before: LiveObject | undefined,
  after: LiveObject,
): ObjectChange {
  const ref = refOf(after);
  if (!before) {
    return { ref, operation: 'create', after: toReadableYaml(after) };
  }
  const change = {
    before: toReadableYaml(before),
    after: toReadableYaml(after),
  };
  return {
    ref,
    operation: change.before === change.after ? 'unchanged' : 'update',
    ...change,
  };
}

import {
  MANAGED_BY,
  type KubernetesObject,
} from '@llm-platform/plugin-models-common';
import type { LiveObject } from './objectApi';

type Fields = Record<string, unknown>;

/**
 * The part of an object that the portal applied, as the API server keeps account of it (`fieldsV1` of its apply):
 * applying exactly that again restores what the portal had set, and takes back what it has set since.
 */
export function appliedPart(object: LiveObject): KubernetesObject {
  const owned = object.metadata.managedFields?.find(
    entry =>
      entry.manager === MANAGED_BY &&
      entry.operation === 'Apply' &&
      !entry.subresource,
  )?.fieldsV1;
  const part = owned ? (extract(object, owned) as Fields) : {};
  const { apiVersion, kind, metadata } = object;
  return {
    ...part,
    apiVersion,
    kind,
    metadata: {
      ...(part.metadata as Fields | undefined),
      name: metadata.name,
      ...(metadata.namespace && { namespace: metadata.namespace }),
    },
  };
}

/**
 * Keys of `fieldsV1`: `f:name` a field, `k:{…}` the list item with those keys, `v:…` a value of a set, `.` the value
 * itself. No keys below: the whole value.
 */
function extract(value: unknown, owned: Fields): unknown {
  const keys = Object.keys(owned).filter(key => key !== '.');
  if (keys.length === 0) {
    // An owned map or list item none of whose fields are owned.
    return '.' in owned && isObject(value) ? {} : value;
  }
  if (Array.isArray(value)) {
    // In the order of the list, not of the keys: another order of a pod's variables would be another pod.
    return value.flatMap(item => {
      const key = keys.find(candidate => isItem(item, candidate));
      if (key === undefined) {
        return [];
      }
      return [
        key.startsWith('v:') ? item : extract(item, owned[key] as Fields),
      ];
    });
  }
  if (!isObject(value)) {
    return value;
  }
  const part: Fields = {};
  for (const key of keys) {
    const name = key.slice(2);
    if (key.startsWith('f:') && value[name] !== undefined) {
      part[name] = extract(value[name], owned[key] as Fields);
    }
  }
  return part;
}

function isItem(item: unknown, key: string): boolean {
  const wanted: unknown = JSON.parse(key.slice(2));
  if (key.startsWith('v:')) {
    return item === wanted;
  }
  return (
    key.startsWith('k:') &&
    isObject(item) &&
    isObject(wanted) &&
    Object.entries(wanted).every(([name, value]) => item[name] === value)
  );
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

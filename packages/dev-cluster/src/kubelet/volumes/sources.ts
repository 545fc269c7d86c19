import {
  V1ConfigMap,
  V1DownwardAPIVolumeFile,
  V1KeyToPath,
  V1Pod,
  V1Secret,
} from '@kubernetes/client-node';
import {
  ObjectLookup,
  PodFacts,
  fieldValue,
  resourceValue,
} from '../containers/references';
import { VolumeFile } from './atomicWriter';

type Files = Map<string, VolumeFile>;

/** @public */
export interface SourceContext {
  pod: V1Pod;
  facts: PodFacts;
  lookup: ObjectLookup;
}

interface KeySource {
  name?: string;
  items?: V1KeyToPath[];
  optional?: boolean;
  defaultMode?: number;
}

const DEFAULT_MODE = 0o644;

/** Files of a ConfigMap volume. Throws in the kubelet's words. @public */
export function configMapFiles(
  source: KeySource,
  { pod, lookup }: SourceContext,
): Files {
  const name = source.name ?? '';
  const found = lookup.configMap(pod.metadata?.namespace ?? '', name);
  if (!found && !source.optional) {
    throw new Error(`configmap "${name}" not found`);
  }
  return pick(
    found ? configMapContents(found) : new Map(),
    source,
    key => `configmap references non-existent config key: ${key}`,
  );
}

/** Files of a Secret volume. Throws in the kubelet's words. @public */
export function secretFiles(
  source: KeySource,
  { pod, lookup }: SourceContext,
): Files {
  const name = source.name ?? '';
  const found = lookup.secret(pod.metadata?.namespace ?? '', name);
  if (!found && !source.optional) {
    throw new Error(`secret "${name}" not found`);
  }
  return pick(
    found ? secretContents(found) : new Map(),
    source,
    key => `references non-existent secret key: ${key}`,
  );
}

/** Files of a downward API volume. @public */
export function downwardFiles(
  items: V1DownwardAPIVolumeFile[],
  defaultMode: number | undefined,
  { pod, facts }: SourceContext,
): Files {
  const files: Files = new Map();
  for (const item of items) {
    let text = '';
    if (item.fieldRef) {
      text = fieldValue(pod, item.fieldRef.fieldPath, facts);
    } else if (item.resourceFieldRef) {
      const { containerName, resource, divisor } = item.resourceFieldRef;
      const container = pod.spec?.containers.find(
        c => c.name === containerName,
      );
      if (!container) {
        throw new Error(`container ${containerName} not found`);
      }
      text = resourceValue(container, resource, divisor, facts);
    }
    files.set(item.path, {
      content: Buffer.from(text),
      mode: item.mode ?? defaultMode ?? DEFAULT_MODE,
    });
  }
  return files;
}

function pick(
  contents: Map<string, Buffer>,
  source: KeySource,
  missing: (key: string) => string,
): Files {
  const files: Files = new Map();
  const mode = source.defaultMode ?? DEFAULT_MODE;
  if (!source.items || source.items.length === 0) {
    contents.forEach((content, key) => files.set(key, { content, mode }));
    return files;
  }
  for (const item of source.items) {
    const content = contents.get(item.key);
    if (content) {
      files.set(item.path, { content, mode: item.mode ?? mode });
    } else if (!source.optional) {
      throw new Error(missing(item.key));
    }
  }
  return files;
}

function configMapContents(configMap: V1ConfigMap): Map<string, Buffer> {
  const contents = new Map<string, Buffer>();
  for (const [key, text] of Object.entries(configMap.data ?? {})) {
    contents.set(key, Buffer.from(text));
  }
  for (const [key, data] of Object.entries(configMap.binaryData ?? {})) {
    contents.set(key, Buffer.from(data, 'base64'));
  }
  return contents;
}

function secretContents(secret: V1Secret): Map<string, Buffer> {
  return new Map(
    Object.entries(secret.data ?? {}).map(([key, data]) => [
      key,
      Buffer.from(data, 'base64'),
    ]),
  );
}

import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import {
  V1PersistentVolumeClaim,
  V1Pod,
  V1ProjectedVolumeSource,
  V1Volume,
} from '@kubernetes/client-node';
import { ApiClient } from '../api';
import { errorMessage } from '../errors';
import { VolumeFile, writeVolume } from './atomicWriter';
import {
  SourceContext,
  configMapFiles,
  downwardFiles,
  secretFiles,
} from './sources';
import { PodToken, requestToken } from './tokens';

/** A volume that can't be set up now; the message is an event's. @public */
export class VolumeError extends Error {
  constructor(readonly volume: string, reason: string) {
    super(`MountVolume.SetUp failed for volume "${volume}" : ${reason}`);
    this.name = 'VolumeError';
  }
}

/** @public */
export interface PodVolumesOptions {
  api: ApiClient;
  context: SourceContext;
  /** The pod's directory. */
  podDir: string;
  /** Names of volumes that a real process of the pod mounts. */
  mountedByProcess: ReadonlySet<string>;
  claim(namespace: string, name: string): V1PersistentVolumeClaim | undefined;
  /** Directory of a persistent volume. */
  persistentDir(volumeName: string): string;
}

/** The volumes of one pod, on disk. @public */
export interface PodVolumes {
  /** Brings every volume up to date; throws {@link VolumeError}. */
  setUp(pod: V1Pod): Promise<void>;
  hostPath(volume: string): string;
  /** When tokens have to be renewed, in milliseconds since 1970. */
  renewAt(): number | undefined;
  remove(): void;
}

/** @public */
export function createPodVolumes(options: PodVolumesOptions): PodVolumes {
  const { api, podDir, mountedByProcess } = options;
  const root = path.join(podDir, 'volumes');
  const tokens = new Map<string, PodToken>();
  const paths = new Map<string, string>();

  const projected = async (
    source: V1ProjectedVolumeSource,
    context: SourceContext,
    volume: string,
  ) => {
    const files = new Map<string, VolumeFile>();
    const { defaultMode } = source;
    const add = (more: ReadonlyMap<string, VolumeFile>) =>
      more.forEach((file, name) => files.set(name, file));
    for (const part of source.sources ?? []) {
      if (part.configMap) {
        add(configMapFiles({ ...part.configMap, defaultMode }, context));
      }
      if (part.secret) {
        add(secretFiles({ ...part.secret, defaultMode }, context));
      }
      if (part.downwardAPI) {
        add(downwardFiles(part.downwardAPI.items ?? [], defaultMode, context));
      }
      if (part.serviceAccountToken) {
        const {
          audience,
          expirationSeconds,
          path: name,
        } = part.serviceAccountToken;
        const key = `${volume}/${name}`;
        let token = tokens.get(key);
        if (!token || token.renewAt <= Date.now()) {
          token = await requestToken(
            api,
            context.pod,
            audience,
            expirationSeconds,
          );
          tokens.set(key, token);
        }
        files.set(name, { content: Buffer.from(token.token), mode: 0o600 });
      }
    }
    return files;
  };

  const setUpOne = async (volume: V1Volume, context: SourceContext) => {
    const dir = path.join(root, volume.name);
    paths.set(volume.name, dir);
    if (volume.emptyDir) {
      mkdirSync(dir, { recursive: true });
    } else if (volume.configMap) {
      writeVolume(dir, configMapFiles(volume.configMap, context));
    } else if (volume.secret) {
      const { secretName, items, optional, defaultMode } = volume.secret;
      const source = { name: secretName, items, optional, defaultMode };
      writeVolume(dir, secretFiles(source, context));
    } else if (volume.downwardAPI) {
      const { items, defaultMode } = volume.downwardAPI;
      writeVolume(dir, downwardFiles(items ?? [], defaultMode, context));
    } else if (volume.projected) {
      writeVolume(dir, await projected(volume.projected, context, volume.name));
    } else if (volume.persistentVolumeClaim || volume.ephemeral) {
      const name =
        volume.persistentVolumeClaim?.claimName ??
        `${context.pod.metadata?.name}-${volume.name}`;
      const claim = options.claim(context.pod.metadata?.namespace ?? '', name);
      if (!claim) {
        throw new Error(`persistentvolumeclaim "${name}" not found`);
      }
      if (claim.status?.phase !== 'Bound' || !claim.spec?.volumeName) {
        throw new Error(`persistentvolumeclaim "${name}" is not bound`);
      }
      const target = options.persistentDir(claim.spec.volumeName);
      mkdirSync(target, { recursive: true });
      paths.set(volume.name, target);
    } else if (mountedByProcess.has(volume.name)) {
      const kind = Object.keys(volume).find(key => key !== 'name');
      throw new Error(
        `volumes of type ${kind} are not supported by the embedded node agent`,
      );
    }
  };

  return {
    async setUp(pod) {
      const context = { ...options.context, pod };
      for (const volume of pod.spec?.volumes ?? []) {
        try {
          await setUpOne(volume, context);
        } catch (error) {
          throw new VolumeError(volume.name, errorMessage(error));
        }
      }
    },
    hostPath: volume => paths.get(volume) ?? path.join(root, volume),
    renewAt() {
      const times = [...tokens.values()].map(token => token.renewAt);
      return times.length > 0 ? Math.min(...times) : undefined;
    },
    remove() {
      rmSync(root, { recursive: true, force: true });
    },
  };
}

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { V1Container, V1Pod, V1Service } from '@kubernetes/client-node';
import { ImageRunContext, RunnableImage } from '../images';
import { resolveEnv } from './env';
import { expand } from './expansion';
import { Mount, rewriteMountPaths } from './mountPaths';
import { runtimeError } from './process';
import { ObjectLookup, PodFacts } from './references';
import { serviceEnv } from './serviceEnv';

/** Where the service account's token is mounted by admission. @public */
export const SERVICE_ACCOUNT_PATH =
  '/var/run/secrets/kubernetes.io/serviceaccount';

const TERMINATION_MESSAGE_PATH = '/dev/termination-log';
const GPU = 'nvidia.com/gpu';

/** @public */
export interface LaunchOptions {
  pod: V1Pod;
  container: V1Container;
  image: RunnableImage;
  context: ImageRunContext;
  facts: PodFacts;
  lookup: ObjectLookup;
  /** All Services; those of the namespace become variables. */
  services: readonly V1Service[];
  /** The container's own directory. */
  dir: string;
  /** Directory of a volume of the pod. */
  volumePath(name: string): string;
  /** Variables that every process of this agent gets. */
  baseEnv: Record<string, string>;
  /** Writes a kubeconfig for the token in that directory. */
  writeKubeconfig(serviceAccountDir: string): string;
}

/** What is to be started for a container. @public */
export interface Launch {
  argv: string[];
  env: Record<string, string>;
  cwd: string;
  terminationMessageFile: string;
}

/** The image doesn't hold the program that the pod asks for. @public */
export class LaunchError extends Error {
  constructor(program: string) {
    super(
      runtimeError(`exec: "${program}": executable file not found in $PATH`),
    );
    this.name = 'LaunchError';
  }
}

/** Whether a container has asked for a GPU. @public */
export function wantsGpu(container: V1Container): boolean {
  const { limits, requests } = container.resources ?? {};
  return Number(limits?.[GPU] ?? requests?.[GPU] ?? 0) > 0;
}

/**
 * Works out program, arguments and variables of a container's process. Throws
 * ContainerConfigError for missing references, {@link LaunchError} for a
 * program that the image hasn't got.
 *
 * @public
 */
export function resolveLaunch(options: LaunchOptions): Launch {
  const { pod, container, image, dir } = options;
  const terminationMessageFile = path.join(dir, 'termination-log');
  const mounts: Mount[] = [
    ...volumeMounts(options),
    {
      mountPath: container.terminationMessagePath ?? TERMINATION_MESSAGE_PATH,
      hostPath: terminationMessageFile,
    },
  ];
  const podEnv = resolveEnv({
    pod,
    container,
    facts: options.facts,
    lookup: options.lookup,
    serviceEnv: links(options),
  });
  const own = Object.fromEntries(
    Object.entries(podEnv).map(([name, value]) => [
      name,
      rewriteMountPaths(value, mounts),
    ]),
  );
  const tmp =
    mounts.find(mount => mount.mountPath === '/tmp')?.hostPath ??
    path.join(dir, 'tmp');
  mkdirSync(tmp, { recursive: true });

  const account = mounts.find(
    mount => mount.mountPath === SERVICE_ACCOUNT_PATH,
  );
  const env: Record<string, string> = {
    ...options.baseEnv,
    HOME: dir,
    TMPDIR: tmp,
    HOSTNAME: pod.spec?.hostname ?? pod.metadata?.name ?? '',
    LLMP_BIND_ADDRESS: options.context.bindAddress,
    ...(account
      ? { KUBECONFIG: options.writeKubeconfig(account.hostPath) }
      : {}),
    ...(wantsGpu(container) ? { NVIDIA_VISIBLE_DEVICES: '0' } : {}),
    ...image.env?.(options.context),
    ...own,
  };

  // References see the container's variables, as they are in the container.
  const text = (values: string[] | undefined) =>
    values?.map(value => rewriteMountPaths(expand(value, podEnv), mounts));
  return {
    argv: argv(
      image,
      options.context,
      text(container.command),
      text(container.args),
    ),
    env,
    cwd: workingDirectory(options, mounts),
    terminationMessageFile,
  };
}

function argv(
  image: RunnableImage,
  context: ImageRunContext,
  command: string[] | undefined,
  args: string[] | undefined,
): string[] {
  const taken = (given: string[]) => image.args?.(given, context) ?? given;
  if (!command || command.length === 0) {
    return [...image.entrypoint, ...taken(args ?? image.defaultArgs ?? [])];
  }
  const started = image.command?.(command);
  if (!started || started.length === 0) {
    throw new LaunchError(command[0]);
  }
  return [...started, ...taken(args ?? [])];
}

function volumeMounts({
  container,
  volumePath,
  pod,
  context,
}: LaunchOptions): Mount[] {
  const values: Record<string, string> = {
    POD_NAME: context.podName,
    POD_NAMESPACE: pod.metadata?.namespace ?? '',
  };
  return (container.volumeMounts ?? []).map(mount => {
    const subPath = mount.subPath ?? expand(mount.subPathExpr ?? '', values);
    const root = volumePath(mount.name);
    const hostPath = path.join(root, path.join('/', subPath));
    return {
      mountPath: mount.mountPath.replace(/(.)\/+$/, '$1'),
      hostPath: hostPath.replace(/(.)\/+$/, '$1'),
    };
  });
}

function links({ pod, services }: LaunchOptions): Record<string, string> {
  if (pod.spec?.enableServiceLinks === false) {
    return {};
  }
  return serviceEnv(
    services.filter(
      ({ metadata }) =>
        metadata?.namespace === pod.metadata?.namespace &&
        // The apiserver's variables are in the base: it has no pods.
        !(metadata?.namespace === 'default' && metadata.name === 'kubernetes'),
    ),
  );
}

function workingDirectory(
  { container, image, dir }: LaunchOptions,
  mounts: Mount[],
): string {
  const asked = container.workingDir || image.workingDir;
  if (!asked) {
    return dir;
  }
  const rewritten = rewriteMountPaths(asked, mounts);
  if (rewritten !== asked) {
    return rewritten;
  }
  // Without files of its own, the image hasn't got the directory.
  return image.rootDir === undefined
    ? dir
    : path.join(image.rootDir, path.join('/', asked));
}

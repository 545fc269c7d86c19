import { V1Container, V1Pod } from '@kubernetes/client-node';
import { parseImage } from '../images';
import { PodContext } from './context';
import { isSidecar } from './phase';

/** A patch removes only what it names: an old reason must not stay. */
export function clearable(
  from: { reason?: string; message?: string } | undefined,
) {
  return { reason: from?.reason ?? null, message: from?.message ?? null };
}

/** Seconds that the pod's processes have to end. @public */
export function graceOf(pod: V1Pod): number {
  return (
    pod.metadata?.deletionGracePeriodSeconds ??
    pod.spec?.terminationGracePeriodSeconds ??
    30
  );
}

/** The restart policy of one of the pod's containers. @public */
export function containerPolicy(
  container: V1Container,
  isInit: boolean,
  podPolicy: string | undefined,
): string | undefined {
  if (!isInit) {
    return podPolicy;
  }
  if (isSidecar(container)) {
    return 'Always';
  }
  // An init container that succeeded has done its work for good.
  return podPolicy === 'Never' ? 'Never' : 'OnFailure';
}

/** Whether a container's image is shown without a process. @public */
export function isSimulated(
  container: V1Container,
  context: PodContext,
): boolean {
  try {
    const reference = parseImage(container.image ?? '');
    return context.images.find(reference)?.kind === 'simulated';
  } catch {
    return false;
  }
}

/** Names of the volumes that real processes mount. @public */
export function processVolumes(pod: V1Pod, context: PodContext): Set<string> {
  const { containers = [], initContainers = [] } = pod.spec ?? {};
  return new Set(
    [...initContainers, ...containers]
      .filter(container => !isSimulated(container, context))
      .flatMap(container => (container.volumeMounts ?? []).map(m => m.name)),
  );
}

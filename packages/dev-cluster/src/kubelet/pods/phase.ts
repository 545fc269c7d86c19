import { V1Container, V1PodSpec } from '@kubernetes/client-node';
import { ContainerView } from './containerView';

/** @public */
export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed';

/** An init container that goes on beside the others. @public */
export function isSidecar(container: V1Container): boolean {
  return container.restartPolicy === 'Always';
}

/** Whether a container that ended so is started again. @public */
export function shouldRestart(
  policy: string | undefined,
  exitCode: number,
): boolean {
  return policy === 'Never' ? false : policy !== 'OnFailure' || exitCode !== 0;
}

/**
 * The pod's phase, by the kubelet's rules.
 *
 * @public
 */
export function podPhase(options: {
  spec: V1PodSpec;
  init: readonly ContainerView[];
  containers: readonly ContainerView[];
  /** Whether all init containers have once done their work. */
  initialized: boolean;
  /** Whether nothing of it will be started again. */
  terminal: boolean;
}): PodPhase {
  const { spec, init, containers, initialized, terminal } = options;
  const policy = spec.restartPolicy;
  const sidecars = (spec.initContainers ?? []).map(isSidecar);
  let pendingInit = false;
  for (const [index, view] of init.entries()) {
    const ended = view.state.terminated ?? view.lastState;
    if (sidecars[index]) {
      pendingInit ||= !view.started && !initialized;
    } else if (view.state.terminated?.exitCode !== 0) {
      if (ended && ended.exitCode !== 0 && policy === 'Never') {
        return 'Failed';
      }
      pendingInit ||= !initialized;
    }
  }
  const running = containers.filter(view => view.state.running).length;
  const waiting = containers.filter(
    view => !view.state.running && !view.state.terminated && !view.lastState,
  ).length;
  if (pendingInit || waiting > 0) {
    return 'Pending';
  }
  if (running > 0) {
    return 'Running';
  }
  const codes = containers.map(
    view => (view.state.terminated ?? view.lastState)?.exitCode ?? 0,
  );
  if (!terminal && codes.some(code => shouldRestart(policy, code))) {
    return 'Running';
  }
  return codes.every(code => code === 0) ? 'Succeeded' : 'Failed';
}

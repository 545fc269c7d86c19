import { V1Container, V1ContainerStatus } from '@kubernetes/client-node';
import { nowSeconds } from '../api';
import { ContainerView } from './containerView';

/** A container as it is taken up. @public */
export interface TakenUp {
  view: ContainerView;
  hasRun: boolean;
}

/**
 * A container's first state: new, or what the API still shows of it from
 * before the agent ended. A run that was cut off by that ended for a reason
 * unknown, as after a reboot of the node.
 *
 * @public
 */
export function takeUp(
  container: V1Container,
  before: V1ContainerStatus | undefined,
  waitingReason: string,
  simulated: boolean,
): TakenUp {
  const view: ContainerView = {
    name: container.name,
    image: container.image ?? '',
    imageID: '',
    restartCount: before?.restartCount ?? 0,
    state: { waiting: { reason: waitingReason } },
    lastState: before?.lastState?.terminated ?? undefined,
    ready: false,
    started: false,
  };
  if (!before) {
    return { view, hasRun: false };
  }
  const { running, terminated } = before.state ?? {};
  if (running && simulated) {
    // There was no process that could have been cut off.
    return { view, hasRun: false };
  }
  if (running) {
    view.lastState = {
      exitCode: 255,
      reason: 'Unknown',
      startedAt: running.startedAt,
      finishedAt: nowSeconds(),
      containerID: before.containerID,
    };
  } else if (terminated) {
    view.lastState = terminated;
  }
  return { view, hasRun: view.lastState !== undefined };
}

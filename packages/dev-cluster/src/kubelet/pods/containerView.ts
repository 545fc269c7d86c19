import {
  V1ContainerState,
  V1ContainerStateTerminated,
  V1ContainerStatus,
} from '@kubernetes/client-node';

/** What is known of one container, to be shown in the pod's status. @public */
export interface ContainerView {
  name: string;
  image: string;
  imageID: string;
  containerID?: string;
  restartCount: number;
  state: V1ContainerState;
  lastState?: V1ContainerStateTerminated;
  ready: boolean;
  started: boolean;
}

/** @public */
export function toContainerStatus(view: ContainerView): V1ContainerStatus {
  return {
    name: view.name,
    image: view.image,
    imageID: view.imageID,
    containerID: view.containerID,
    restartCount: view.restartCount,
    state: view.state,
    lastState: view.lastState ? { terminated: view.lastState } : {},
    ready: view.ready,
    started: view.started,
  };
}

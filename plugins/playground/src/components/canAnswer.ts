import type { PlaygroundModel } from '../api';

/** Whether at least one replica answers. */
export function canAnswer(model: PlaygroundModel): boolean {
  return model.state === 'Ready' || model.state === 'Degraded';
}

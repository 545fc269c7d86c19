import type { ModelState } from '@llm-platform/plugin-models-common';

/** What a reader needs first comes first. @public */
export const STATE_ORDER: readonly ModelState[] = [
  'Failing',
  'Degraded',
  'Waiting',
  'Starting',
  'Unknown',
  'Ready',
  'Stopped',
];

/** One sentence each, for tooltips and the legend. @public */
export const STATE_MEANING: Readonly<Record<ModelState, string>> = {
  Ready: 'All replicas answer.',
  Starting: 'Replicas are starting and nothing holds them up.',
  Waiting: 'Waits for a node, a volume or quota.',
  Degraded: 'Answers, but not with all replicas.',
  Failing: 'Does not answer and will not without help.',
  Stopped: 'Scaled to zero.',
  Unknown: 'The cluster does not say.',
};

/** Whether the states mean that somebody should look. @public */
export function needsAttention(state: ModelState): boolean {
  return state === 'Failing' || state === 'Degraded';
}

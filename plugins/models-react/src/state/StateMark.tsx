import type { ModelState } from '@llm-platform/plugin-models-common';
import { RelativeTime } from '../components/RelativeTime';
import { STATE_MEANING } from './vocabulary';
import { StateIcon } from './StateIcon';
import css from './StateMark.module.css';

/** @public */
export interface StateMarkProps {
  state: ModelState;
  /** What it waits for or why it fails; shown after the word. */
  reason?: string;
  /** For `Unknown`: when the cluster last said something. */
  lastSeen?: string;
  size?: 'small' | 'medium';
}

/**
 * The one way to show a state: word, shape and colour together.
 *
 * @public
 */
export function StateMark(props: StateMarkProps) {
  const { state, reason, lastSeen, size = 'small' } = props;
  return (
    <span className={css.mark} data-size={size} title={STATE_MEANING[state]}>
      <StateIcon state={state} size={size === 'medium' ? 16 : 14} />
      <span className={css.word} data-state={state}>
        {state}
      </span>
      {reason ? (
        <span className={css.reason} title={reason}>
          {reason}
        </span>
      ) : undefined}
      {state === 'Unknown' && lastSeen ? (
        <span className={css.reason}>
          last seen <RelativeTime time={lastSeen} />
        </span>
      ) : undefined}
    </span>
  );
}

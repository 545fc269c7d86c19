import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { Button } from '@backstage/ui';
import { RiArrowDownLine } from '@remixicon/react';
import type { PlaygroundModel } from '../api';
import {
  isRunning,
  shownAnswer,
  type ModelChoice,
  type Turn,
} from '../conversation';
import { AnswerView } from './AnswerView';
import { PromptView } from './PromptView';
import css from './ConversationLog.module.css';

/** Within this many pixels of the end, the view follows the answer. */
const NEAR_END = 48;

export interface ConversationLogProps {
  turns: Turn[];
  running: boolean;
  /** Undefined while nothing can be sent. */
  chosen: PlaygroundModel | undefined;
  items: PlaygroundModel[];
  onRetry: (turnId: string, model: ModelChoice) => void;
  onEdit: (turnId: string, prompt: string, model: ModelChoice) => void;
  onShow: (turnId: string, index: number) => void;
  onClear: () => void;
}

export function ConversationLog(props: ConversationLogProps) {
  const { turns, running, chosen, items } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const [away, setAway] = useState(false);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (element) {
      const near =
        element.scrollHeight - element.scrollTop - element.clientHeight <
        NEAR_END;
      follows.current = near;
      setAway(!near);
    }
  }, []);

  const toEnd = useCallback(() => {
    const element = scroller.current;
    if (element) {
      element.scrollTop = element.scrollHeight;
    }
  }, []);

  // A new prompt is always shown; an answer only while the reader is at the end
  const count = turns.length;
  useEffect(() => {
    follows.current = true;
    toEnd();
  }, [count, toEnd]);
  useLayoutEffect(() => {
    if (follows.current) {
      toEnd();
    }
  }, [turns, toEnd]);

  return (
    <div className={css.frame}>
      <div
        ref={scroller}
        className={css.scroller}
        onScroll={onScroll}
        role="log"
        aria-live="polite"
        aria-busy={running}
        aria-label="Messages"
        // A scrolling area must be reachable by keyboard
        tabIndex={0} // eslint-disable-line jsx-a11y/no-noninteractive-tabindex
      >
        <div className={css.column}>
          {turns.map((turn, index) => {
            const answer = shownAnswer(turn);
            return (
              <article key={turn.id} className={css.turn}>
                <PromptView
                  prompt={turn.prompt}
                  later={turns.length - index - 1}
                  disabled={running || !chosen}
                  onEdit={prompt =>
                    chosen && props.onEdit(turn.id, prompt, chosen)
                  }
                />
                <AnswerView
                  answer={answer}
                  position={turn.shown}
                  count={turn.answers.length}
                  model={items.find(
                    item =>
                      item.route === answer.model.route &&
                      item.cluster === answer.model.cluster,
                  )}
                  onRetry={
                    running || !chosen || isRunning(answer)
                      ? undefined
                      : () => props.onRetry(turn.id, chosen)
                  }
                  onShow={next => props.onShow(turn.id, next)}
                  onClear={props.onClear}
                />
              </article>
            );
          })}
        </div>
      </div>
      {away ? (
        <div className={css.jump}>
          <Button
            size="small"
            variant="secondary"
            iconStart={<RiArrowDownLine />}
            onPress={() => {
              follows.current = true;
              toEnd();
            }}
          >
            To the end
          </Button>
        </div>
      ) : undefined}
    </div>
  );
}

import { forwardRef, useLayoutEffect, useRef, type KeyboardEvent } from 'react';
import { Button } from '@backstage/ui';
import { RiArrowUpLine, RiStopFill } from '@remixicon/react';
import css from './Composer.module.css';

const MAX_HEIGHT = 240;

export interface ComposerProps {
  draft: string;
  onDraft: (text: string) => void;
  running: boolean;
  /** Why nothing can be sent. */
  blocked?: string;
  /** Something to know before sending. */
  notice?: string;
  onSend: (text: string) => void;
  onStop: () => void;
}

/** Where prompts are written. Stop is where Send was. */
export const Composer = forwardRef<HTMLTextAreaElement, ComposerProps>(
  (props, ref) => {
    const { draft, onDraft, running, blocked, notice, onSend, onStop } = props;
    const box = useRef<HTMLDivElement>(null);

    useLayoutEffect(() => {
      const area = box.current?.querySelector('textarea');
      if (area) {
        area.style.height = 'auto';
        area.style.height = `${Math.min(area.scrollHeight, MAX_HEIGHT)}px`;
      }
    }, [draft]);

    const canSend = !blocked && !running && draft.trim().length > 0;
    const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
      // While composing (Japanese, accents), Enter confirms the composition
      if (
        event.key === 'Enter' &&
        !event.shiftKey &&
        !event.nativeEvent.isComposing
      ) {
        event.preventDefault();
        if (canSend) {
          onSend(draft);
        }
      }
    };

    return (
      <div className={css.composer} ref={box}>
        {notice ? (
          <p className={css.notice} role="status">
            {notice}
          </p>
        ) : undefined}
        <div className={css.box}>
          <textarea
            ref={ref}
            className={css.input}
            aria-label="Prompt"
            placeholder="Ask something"
            rows={1}
            value={draft}
            onChange={event => onDraft(event.target.value)}
            onKeyDown={onKeyDown}
          />
          {running ? (
            <Button
              variant="secondary"
              iconStart={<RiStopFill />}
              onPress={onStop}
            >
              Stop
            </Button>
          ) : (
            <Button
              variant="primary"
              iconStart={<RiArrowUpLine />}
              isDisabled={!canSend}
              onPress={() => onSend(draft)}
            >
              Send
            </Button>
          )}
        </div>
        <p className={css.hint}>
          {blocked ?? 'Enter sends · Shift+Enter new line · Esc stops'}
        </p>
      </div>
    );
  },
);
Composer.displayName = 'Composer';

import { useState, type KeyboardEvent } from 'react';
import { Button, ButtonIcon } from '@backstage/ui';
import { plural } from '@llm-platform/plugin-models-react';
import { RiEditLine } from '@remixicon/react';
import { CopyButton } from './CopyButton';
import css from './Messages.module.css';

export interface PromptViewProps {
  prompt: string;
  /** Turns that an edit would drop. */
  later: number;
  disabled: boolean;
  onEdit: (prompt: string) => void;
}

export function PromptView(props: PromptViewProps) {
  const { prompt, later, disabled, onEdit } = props;
  const [edited, setEdited] = useState<string>();

  if (edited === undefined) {
    return (
      <div className={css.prompt}>
        <h3 className={css.hidden}>You</h3>
        <p className={css.promptText}>{prompt}</p>
        <div className={css.actions}>
          <CopyButton label="prompt" text={prompt} />
          <ButtonIcon
            size="small"
            variant="tertiary"
            aria-label="Edit prompt"
            icon={<RiEditLine />}
            isDisabled={disabled}
            onPress={() => setEdited(prompt)}
          />
        </div>
      </div>
    );
  }

  const save = () => {
    if (edited.trim() && !disabled) {
      setEdited(undefined);
      onEdit(edited.trim());
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      setEdited(undefined);
    } else if (
      event.key === 'Enter' &&
      !event.shiftKey &&
      !event.nativeEvent.isComposing
    ) {
      event.preventDefault();
      save();
    }
  };
  return (
    <div className={css.prompt} data-editing>
      <textarea
        className={css.editor}
        aria-label="Edit prompt"
        // The reader asked for the editor: that is where to go on
        autoFocus // eslint-disable-line jsx-a11y/no-autofocus
        rows={Math.min(12, edited.split('\n').length + 1)}
        value={edited}
        onChange={event => setEdited(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className={css.editorActions}>
        {later > 0 ? (
          <span className={css.note}>
            Sending removes the {plural(later, 'later prompt')} and their
            answers.
          </span>
        ) : undefined}
        <Button
          size="small"
          variant="tertiary"
          onPress={() => setEdited(undefined)}
        >
          Cancel
        </Button>
        <Button
          size="small"
          variant="primary"
          isDisabled={disabled || !edited.trim()}
          onPress={save}
        >
          Send
        </Button>
      </div>
    </div>
  );
}

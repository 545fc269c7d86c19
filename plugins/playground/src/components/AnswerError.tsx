import { Button, ButtonLink } from '@backstage/ui';
import { links } from '@llm-platform/plugin-models-react';
import { RiErrorWarningLine } from '@remixicon/react';
import type { ChatErrorInfo, ChatErrorSource, PlaygroundModel } from '../api';
import css from './Messages.module.css';

const WHOSE: Record<ChatErrorSource, string> = {
  input: 'Your input',
  budget: 'Your team’s budget',
  gateway: 'The gateway',
  model: 'The model',
  portal: 'The portal',
};

export interface AnswerErrorProps {
  error: ChatErrorInfo;
  /** Some text arrived before and is kept. */
  partial: boolean;
  model: PlaygroundModel | undefined;
  onRetry?: () => void;
  onClear: () => void;
}

/** An error where the answer would be: whose it is, what happened, and the next step. */
export function AnswerError(props: AnswerErrorProps) {
  const { error, partial, model, onRetry, onClear } = props;
  const tooLong = /context|too_large|too_long|length/.test(error.code);
  return (
    <div className={css.error} role="alert" data-source={error.source}>
      <RiErrorWarningLine size={16} aria-hidden="true" />
      <div>
        <p className={css.errorTitle}>
          {WHOSE[error.source]}
          {partial ? ': the answer broke off' : ''}
        </p>
        <p className={css.errorText}>{error.message}</p>
        {partial ? (
          <p className={css.errorText}>
            What arrived is kept. A retry is added beside it.
          </p>
        ) : undefined}
        <div className={css.errorActions}>
          {onRetry ? (
            <Button size="small" variant="secondary" onPress={onRetry}>
              Retry
            </Button>
          ) : undefined}
          {error.source === 'input' && tooLong ? (
            <Button size="small" variant="tertiary" onPress={onClear}>
              New conversation
            </Button>
          ) : undefined}
          {error.source === 'model' && model ? (
            <ButtonLink
              size="small"
              variant="tertiary"
              href={links.model(model)}
            >
              Open the model
            </ButtonLink>
          ) : undefined}
          {error.source === 'budget' && model ? (
            <ButtonLink
              size="small"
              variant="tertiary"
              href={links.team(model.team)}
            >
              Open the team
            </ButtonLink>
          ) : undefined}
        </div>
      </div>
    </div>
  );
}

import { ButtonIcon } from '@backstage/ui';
import { SimulatedChip } from '@llm-platform/plugin-models-react';
import {
  RiArrowLeftSLine,
  RiArrowRightSLine,
  RiRefreshLine,
} from '@remixicon/react';
import type { PlaygroundModel } from '../api';
import { describeFigures, isRunning, type Answer } from '../conversation';
import { AnswerError } from './AnswerError';
import { CopyButton } from './CopyButton';
import { Markdown } from './Markdown';
import css from './Messages.module.css';

export interface AnswerViewProps {
  answer: Answer;
  /** Index among the answers to the same prompt, and how many there are. */
  position: number;
  count: number;
  /** The model of the answer, when it is still there. */
  model: PlaygroundModel | undefined;
  /** Undefined while nothing can be sent. */
  onRetry?: () => void;
  onShow: (index: number) => void;
  onClear: () => void;
}

export function AnswerView(props: AnswerViewProps) {
  const { answer, position, count, onRetry } = props;
  const running = isRunning(answer);
  const hasFooter =
    !running && (!answer.error || answer.text !== '' || count > 1);
  const simulated = answer.simulated ?? props.model?.simulated;
  return (
    <div className={css.answer} aria-busy={running}>
      <h3 className={css.author}>
        {answer.model.route}
        <SimulatedChip what={simulated} />
      </h3>
      {answer.state === 'waiting' ? (
        <p className={css.waiting}>
          <span className={css.hidden}>Waiting for the first token</span>
          <i aria-hidden="true" />
        </p>
      ) : undefined}
      {answer.text ? (
        <div className={css.text} data-running={running || undefined}>
          <Markdown text={answer.text} />
        </div>
      ) : undefined}
      {answer.state === 'complete' && !answer.text ? (
        <p className={css.note}>The model answered with an empty text.</p>
      ) : undefined}
      {answer.state === 'stopped' ? (
        <p className={css.note}>You stopped this answer.</p>
      ) : undefined}
      {answer.error ? (
        <AnswerError
          error={answer.error}
          partial={answer.state === 'broken'}
          model={props.model}
          onRetry={onRetry}
          onClear={props.onClear}
        />
      ) : undefined}
      {hasFooter ? (
        <div className={css.footer}>
          <span className={css.figures}>
            {describeFigures(answer.figures).join(' · ')}
          </span>
          <span className={css.actions}>
            {count > 1 ? (
              <>
                <ButtonIcon
                  size="small"
                  variant="tertiary"
                  aria-label="Previous answer"
                  icon={<RiArrowLeftSLine />}
                  isDisabled={position === 0}
                  onPress={() => props.onShow(position - 1)}
                />
                <span className={css.count}>
                  {position + 1} / {count}
                </span>
                <ButtonIcon
                  size="small"
                  variant="tertiary"
                  aria-label="Next answer"
                  icon={<RiArrowRightSLine />}
                  isDisabled={position === count - 1}
                  onPress={() => props.onShow(position + 1)}
                />
              </>
            ) : undefined}
            {answer.text ? (
              <CopyButton label="answer" text={answer.text} />
            ) : undefined}
            {answer.error ? undefined : (
              <ButtonIcon
                size="small"
                variant="tertiary"
                aria-label="Answer again"
                icon={<RiRefreshLine />}
                isDisabled={!onRetry}
                onPress={onRetry}
              />
            )}
          </span>
        </div>
      ) : undefined}
    </div>
  );
}

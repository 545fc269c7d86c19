import type { ReactNode } from 'react';
import { Button } from '@backstage/ui';
import { errorMessage, explainError } from './explainError';
import css from './Messages.module.css';

/** @public */
export interface ErrorPanelProps {
  error: Error;
  /** What was asked for, as it reads in a sentence: `the models`, `this model`. */
  what: string;
  onRetry?: () => void;
  action?: ReactNode;
}

/** What failed, why, what to do, and a retry. @public */
export function ErrorPanel(props: ErrorPanelProps) {
  const { kind, title, remedy } = explainError(props.error, props.what);
  return (
    <div role="alert" className={css.error} data-kind={kind}>
      <p className={css.title}>{title}</p>
      <p className={css.text}>{remedy}</p>
      <p className={css.detail}>{errorMessage(props.error)}</p>
      <div className={css.action}>
        {props.onRetry && kind !== 'denied' ? (
          <Button variant="secondary" size="small" onPress={props.onRetry}>
            Retry
          </Button>
        ) : undefined}
        {props.action}
      </div>
    </div>
  );
}

import type { ReactNode } from 'react';
import css from './Messages.module.css';

/** @public */
export interface EmptyStateProps {
  title: string;
  /** What will be here. */
  description?: ReactNode;
  /** The one thing to do now. */
  action?: ReactNode;
}

/** An empty place that says what belongs here. @public */
export function EmptyState(props: EmptyStateProps) {
  return (
    <div className={css.empty}>
      <p className={css.title}>{props.title}</p>
      {props.description ? (
        <p className={css.text}>{props.description}</p>
      ) : undefined}
      {props.action ? (
        <div className={css.action}>{props.action}</div>
      ) : undefined}
    </div>
  );
}

import type { ReactNode } from 'react';
import css from './State.module.css';

export interface MessageProps {
  title: string;
  text?: ReactNode;
  kind?: 'error';
  action?: ReactNode;
}

/** Words where a picture would be: nothing to draw, or why it can't be drawn. */
export function Message(props: MessageProps) {
  const { title, text, kind, action } = props;
  return (
    <div
      className={css.message}
      role={kind === 'error' ? 'alert' : undefined}
      data-kind={kind}
    >
      <p className={css.title}>{title}</p>
      {text ? <p className={css.text}>{text}</p> : undefined}
      {action}
    </div>
  );
}

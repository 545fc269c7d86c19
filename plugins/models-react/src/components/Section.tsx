import { useId, type ReactNode } from 'react';
import css from './Section.module.css';

/** @public */
export interface SectionProps {
  title: string;
  /** Small figure after the title. */
  count?: number;
  /** Right of the title. */
  actions?: ReactNode;
  /** The page's title says it already; readers of the outline still get it. */
  hideTitle?: boolean;
  /** Draws no box around the content. */
  bare?: boolean;
  children?: ReactNode;
}

/** A titled part of a page. @public */
export function Section(props: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={css.section}>
      <header className={props.hideTitle ? css.hidden : css.header}>
        <h2 id={id} className={css.title}>
          {props.title}
          {props.count === undefined ? undefined : (
            <span className={css.count}> {props.count}</span>
          )}
        </h2>
        {props.actions}
      </header>
      <div className={props.bare ? undefined : css.box}>{props.children}</div>
    </section>
  );
}

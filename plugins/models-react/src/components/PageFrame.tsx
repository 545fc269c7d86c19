import { useEffect, type ReactNode } from 'react';
import { configApiRef, useApi } from '@backstage/core-plugin-api';
import css from './PageFrame.module.css';

/** @public */
export interface PageFrameProps {
  /** Also the browser tab's title. */
  title: string;
  /** Above the title: where this page sits. */
  breadcrumb?: ReactNode;
  /** Beside the title: state, chips. */
  aside?: ReactNode;
  /** Under the title. */
  subtitle?: ReactNode;
  /** Right of the title. */
  actions?: ReactNode;
  /** Under the header, above the content. */
  tabs?: ReactNode;
  children?: ReactNode;
  /** The content fills the window and scrolls by itself. */
  fill?: boolean;
}

/** Header and content of one of our pages. @public */
export function PageFrame(props: PageFrameProps) {
  const appTitle = useApi(configApiRef).getOptionalString('app.title');
  useEffect(() => {
    document.title = appTitle ? `${props.title} · ${appTitle}` : props.title;
  }, [appTitle, props.title]);

  return (
    <div className={css.frame} data-fill={props.fill || undefined}>
      <header className={css.header}>
        {props.breadcrumb ? (
          <div className={css.breadcrumb}>{props.breadcrumb}</div>
        ) : undefined}
        <div className={css.row}>
          <h1 className={css.title}>{props.title}</h1>
          {props.aside ? (
            <div className={css.aside}>{props.aside}</div>
          ) : undefined}
          {props.actions ? (
            <div className={css.actions}>{props.actions}</div>
          ) : undefined}
        </div>
        {props.subtitle ? (
          <div className={css.subtitle}>{props.subtitle}</div>
        ) : undefined}
        {props.tabs}
      </header>
      <div className={css.content}>{props.children}</div>
    </div>
  );
}

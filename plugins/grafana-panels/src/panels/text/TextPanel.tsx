import { useMemo } from 'react';
import { ScrollRegion } from '../scroll';
import type { PanelProps } from '../types';
import { safeHtml } from './sanitize';
import css from './Text.module.css';

/** Markdown, HTML or code that the dashboard's author wrote. */
export function TextPanel(props: PanelProps) {
  const { title, options, theme, resolveUrl } = props;
  const { mode, content } = textOf(options);
  const html = useMemo(
    () => (mode === 'code' ? '' : safeHtml(content, mode, theme, resolveUrl)),
    [content, mode, theme, resolveUrl],
  );
  return (
    <ScrollRegion className={css.text} label={title || 'Text'}>
      {mode === 'code' ? (
        <pre>
          <code>{content}</code>
        </pre>
      ) : (
        // Sanitised by safeHtml.
        <div dangerouslySetInnerHTML={{ __html: html }} />
      )}
    </ScrollRegion>
  );
}

/** Old dashboards have the content on the panel; the model moves it to the options. */
function textOf(options: Record<string, unknown>): {
  mode: string;
  content: string;
} {
  return {
    mode: typeof options.mode === 'string' ? options.mode : 'markdown',
    content: typeof options.content === 'string' ? options.content : '',
  };
}

import { isValidElement, memo, type ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import { CopyButton } from './CopyButton';
import css from './Markdown.module.css';

function textOf(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number') {
    return String(node);
  }
  if (Array.isArray(node)) {
    return node.map(textOf).join('');
  }
  return isValidElement<{ children?: ReactNode }>(node)
    ? textOf(node.props.children)
    : '';
}

const components: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ),
  // Loading an image would tell its server what a model was made to say
  img: ({ src, alt }) =>
    typeof src === 'string' ? (
      <a href={src} target="_blank" rel="noopener noreferrer nofollow">
        {alt || 'Image'}
      </a>
    ) : (
      <span>{alt}</span>
    ),
  pre: ({ children }) => (
    <div className={css.code}>
      <div className={css.copy}>
        <CopyButton label="code" text={textOf(children)} />
      </div>
      <pre>{children}</pre>
    </div>
  ),
  table: ({ children }) => (
    <div className={css.table}>
      <table>{children}</table>
    </div>
  ),
};

/** Markdown of a model, which nobody vouches for: no HTML, no images, links open apart. */
export const Markdown = memo((props: { text: string }) => (
  <div className={css.markdown}>
    <ReactMarkdown
      remarkPlugins={[remarkGfm]}
      rehypePlugins={[rehypeSanitize]}
      components={components}
    >
      {props.text}
    </ReactMarkdown>
  </div>
));
Markdown.displayName = 'Markdown';

import {
  renderTextPanelMarkdown,
  textUtil,
  type GrafanaTheme2,
} from '@grafana/data';
import { readableTextOn } from '../../theme';
import type { ResolveUrl } from '../types';

/** Of a text's inline styles, what can't leave the panel or fetch anything. */
const SAFE_STYLES = new Set([
  'border',
  'border-radius',
  'color',
  'font-size',
  'font-style',
  'font-weight',
  'line-height',
  'margin',
  'margin-bottom',
  'margin-left',
  'margin-right',
  'margin-top',
  'padding',
  'padding-bottom',
  'padding-left',
  'padding-right',
  'padding-top',
  'text-align',
  'text-decoration',
  'vertical-align',
  'white-space',
  'width',
]);

/** Elements that would run, load a page, ask for input or restyle the portal. */
const FORBIDDEN =
  'script,style,iframe,frame,object,embed,form,input,textarea,select,button,link,meta,base,svg,math,audio,video,source,template';

/** A text panel's content as HTML that can do no more than be read, and can be read on the theme's ground. */
export function safeHtml(
  content: string,
  mode: string,
  theme: GrafanaTheme2,
  resolveUrl?: ResolveUrl,
): string {
  const html =
    mode === 'html'
      ? textUtil.sanitizeTextPanelContent(content)
      : renderTextPanelMarkdown(content);
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  body.querySelectorAll(FORBIDDEN).forEach(element => element.remove());
  body
    .querySelectorAll<HTMLElement>('*')
    .forEach(element => clean(element, theme));
  body
    .querySelectorAll('a')
    .forEach(anchor => leadSomewhere(anchor, resolveUrl));
  return body.innerHTML;
}

function clean(element: HTMLElement, theme: GrafanaTheme2): void {
  for (const { name, value } of [...element.attributes]) {
    if (
      name.startsWith('on') ||
      // Classes and ids would borrow the portal's own looks and labels.
      name === 'class' ||
      name === 'id' ||
      ((name === 'href' || name === 'src') && !isSafeUrl(value))
    ) {
      element.removeAttribute(name);
    }
  }
  const { style } = element;
  const properties = Array.from({ length: style.length }, (_, i) => style[i]);
  for (const property of properties) {
    if (
      !SAFE_STYLES.has(property) ||
      /url\(|expression/i.test(style.getPropertyValue(property))
    ) {
      style.removeProperty(property);
    }
  }
  if (style.color) {
    style.color = readableTextOn(
      theme.colors.background.primary,
      theme.visualization.getColorByName(style.color),
    );
  }
  if (element.tagName === 'IMG' && !element.hasAttribute('alt')) {
    element.setAttribute('alt', '');
  }
}

/** A link that leads nowhere is the text that it has; one out of the portal opens beside it. */
function leadSomewhere(
  anchor: HTMLAnchorElement,
  resolveUrl: ResolveUrl | undefined,
): void {
  const url = anchor.getAttribute('href');
  const target =
    url && resolveUrl ? resolveUrl(url) : url && { href: url, external: true };
  if (!target) {
    anchor.replaceWith(...anchor.childNodes);
    return;
  }
  anchor.setAttribute('href', target.href);
  if (target.external) {
    anchor.setAttribute('target', '_blank');
    anchor.setAttribute('rel', 'noopener noreferrer');
  } else {
    anchor.removeAttribute('target');
  }
}

function isSafeUrl(url: string): boolean {
  try {
    const { protocol } = new URL(url, window.location.href);
    return ['http:', 'https:', 'mailto:'].includes(protocol);
  } catch {
    return false;
  }
}

import { renderTextPanelMarkdown, textUtil } from '@grafana/data';

/** Of a text's inline styles, what can't leave the panel or fetch anything. */
const SAFE_STYLES = new Set([
  'background-color',
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

/** A text panel's content as HTML that can do no more than be read. */
export function safeHtml(content: string, mode: string): string {
  const html =
    mode === 'html'
      ? textUtil.sanitizeTextPanelContent(content)
      : renderTextPanelMarkdown(content);
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  body.querySelectorAll(FORBIDDEN).forEach(element => element.remove());
  body.querySelectorAll<HTMLElement>('*').forEach(clean);
  return body.innerHTML;
}

function clean(element: HTMLElement): void {
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
  if (element.tagName === 'A') {
    element.setAttribute('target', '_blank');
    element.setAttribute('rel', 'noopener noreferrer');
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

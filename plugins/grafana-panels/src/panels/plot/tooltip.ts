import type uPlot from 'uplot';
import css from './Plot.module.css';

/** One line of the tooltip. */
export interface TooltipRow {
  color: string;
  name: string;
  text: string;
  /** The one under the pointer. */
  isNearest?: boolean;
}

export interface TooltipContent {
  title: string;
  rows: TooltipRow[];
}

/** Says what is under the pointer. */
export interface TooltipSource {
  /** While this stays the same the content isn't asked for again. */
  keyAt(u: uPlot): string | undefined;
  contentAt(u: uPlot): TooltipContent | undefined;
}

/** More lines than this are not read but counted. */
const MAX_ROWS = 24;
const OFFSET = 14;

/**
 * The tooltip as plain DOM: it follows the pointer at the rate of the screen, which rendering by React would not.
 * It hangs on the body, so no panel's frame cuts it off.
 */
export function tooltipPlugin(
  source: () => TooltipSource | undefined,
): uPlot.Plugin {
  let root: HTMLElement | undefined;
  let isOver = false;
  let shown: string | undefined;

  const hide = () => {
    root?.remove();
    root = undefined;
    shown = undefined;
  };

  const update = (u: uPlot) => {
    const current = source();
    const isShown = isOver || isKeyboardCursor(u);
    const key = isShown ? current?.keyAt(u) : undefined;
    if (!current || key === undefined) {
      hide();
      return;
    }
    if (key !== shown) {
      const content = current.contentAt(u);
      if (!content) {
        hide();
        return;
      }
      root ??= createRoot();
      render(root, content);
      shown = key;
    }
    if (root) {
      place(root, u);
    }
  };

  const enter = () => {
    isOver = true;
  };
  const leave = () => {
    isOver = false;
    hide();
  };
  return {
    hooks: {
      init: u => {
        u.over.addEventListener('mouseenter', enter);
        u.over.addEventListener('mouseleave', leave);
      },
      setCursor: update,
      setData: () => {
        shown = undefined;
      },
      destroy: hide,
    },
  };
}

/** `Plot` marks its plot while the arrow keys move the cursor; a cursor that only follows another panel's has no mark. */
function isKeyboardCursor(u: uPlot): boolean {
  return u.root.parentElement?.dataset.cursor === 'keyboard';
}

function createRoot(): HTMLElement {
  const element = document.createElement('div');
  element.className = css.tooltip;
  // Whoever can't see it gets the same words from the live region and the table.
  element.setAttribute('aria-hidden', 'true');
  document.body.append(element);
  return element;
}

function render(root: HTMLElement, content: TooltipContent): void {
  const rows = content.rows.slice(0, MAX_ROWS).map(row => {
    const line = document.createElement('div');
    line.className = css.tooltipRow;
    if (row.isNearest) {
      line.dataset.nearest = 'true';
    }
    const swatch = document.createElement('i');
    swatch.className = css.swatch;
    swatch.style.background = row.color;
    line.append(swatch, span(css.tooltipName, row.name));
    line.append(span(css.tooltipValue, row.text));
    return line;
  });
  const rest = content.rows.length - rows.length;
  root.replaceChildren(
    span(css.tooltipTitle, content.title),
    ...rows,
    ...(rest > 0 ? [span(css.tooltipRest, `and ${rest} more`)] : []),
  );
}

function span(className: string, text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = className;
  element.textContent = text;
  return element;
}

function place(root: HTMLElement, u: uPlot): void {
  const { left = 0, top = 0 } = u.cursor;
  const box = u.over.getBoundingClientRect();
  const [x, y] = [box.left + left, box.top + top];
  const { offsetWidth, offsetHeight } = root;
  const right = x + OFFSET + offsetWidth <= window.innerWidth;
  const below = y + OFFSET + offsetHeight <= window.innerHeight;
  const toX = right ? x + OFFSET : x - OFFSET - offsetWidth;
  const toY = below ? y + OFFSET : y - OFFSET - offsetHeight;
  root.style.transform = `translate(${Math.max(4, toX)}px, ${Math.max(
    4,
    toY,
  )}px)`;
}

import css from './Floating.module.css';

/** One line of a tooltip. */
export interface TooltipRow {
  color?: string;
  name: string;
  text: string;
  /** The one under the pointer. */
  isNearest?: boolean;
}

export interface TooltipContent {
  title: string;
  rows: TooltipRow[];
}

/** More lines than this are not read but counted. */
const MAX_ROWS = 24;
const OFFSET = 14;
const EDGE = 4;

/**
 * A tooltip as plain DOM: it follows the pointer at the rate of the screen, which rendering by React would not.
 * It hangs on the body, so no panel's frame cuts it off. Whoever can't see it has the same in the panel's table.
 */
export class Floating {
  private root: HTMLElement | undefined;

  show(content: TooltipContent): void {
    if (!this.root) {
      this.root = document.createElement('div');
      this.root.className = css.tooltip;
      this.root.setAttribute('aria-hidden', 'true');
      document.body.append(this.root);
    }
    const rest = content.rows.length - MAX_ROWS;
    this.root.replaceChildren(
      ...(content.title ? [span(css.title, content.title)] : []),
      ...content.rows.slice(0, MAX_ROWS).map(rowElement),
      ...(rest > 0 ? [span(css.rest, `and ${rest} more`)] : []),
    );
  }

  /** Near a point of the window, in CSS pixels, and within the window. */
  moveTo(x: number, y: number): void {
    if (!this.root) {
      return;
    }
    const { offsetWidth, offsetHeight } = this.root;
    const isRight = x + OFFSET + offsetWidth <= window.innerWidth;
    const isBelow = y + OFFSET + offsetHeight <= window.innerHeight;
    const left = isRight ? x + OFFSET : x - OFFSET - offsetWidth;
    const top = isBelow ? y + OFFSET : y - OFFSET - offsetHeight;
    this.root.style.transform = `translate(${Math.max(
      EDGE,
      left,
    )}px, ${Math.max(EDGE, top)}px)`;
  }

  hide(): void {
    this.root?.remove();
    this.root = undefined;
  }

  get isShown(): boolean {
    return this.root !== undefined;
  }
}

function rowElement(row: TooltipRow): HTMLElement {
  const line = document.createElement('div');
  line.className = css.row;
  if (row.isNearest) {
    line.dataset.nearest = 'true';
  }
  const swatch = document.createElement('i');
  swatch.className = css.swatch;
  swatch.style.background = row.color ?? 'transparent';
  line.append(swatch, span(css.name, row.name), span(css.value, row.text));
  return line;
}

function span(className: string, text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = className;
  element.textContent = text;
  return element;
}

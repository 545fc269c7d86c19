import type uPlot from 'uplot';
import { Floating, type TooltipContent } from '../floating';

/** Says what is under the pointer. */
export interface TooltipSource {
  /** While this stays the same the content isn't asked for again. */
  keyAt(u: uPlot): string | undefined;
  contentAt(u: uPlot): TooltipContent | undefined;
}

/** The tooltip of a plot; React isn't asked while the pointer moves. */
export function tooltipPlugin(
  source: () => TooltipSource | undefined,
): uPlot.Plugin {
  const floating = new Floating();
  let isOver = false;
  let shown: string | undefined;

  const hide = () => {
    floating.hide();
    shown = undefined;
  };

  const update = (u: uPlot) => {
    const current = source();
    const isActive = isOver || isKeyboardCursor(u);
    const key = isActive ? current?.keyAt(u) : undefined;
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
      floating.show(content);
      shown = key;
    }
    const { left = 0, top = 0 } = u.cursor;
    const box = u.over.getBoundingClientRect();
    floating.moveTo(box.left + left, box.top + top);
  };

  return {
    hooks: {
      init: u => {
        u.over.addEventListener('mouseenter', () => {
          isOver = true;
        });
        u.over.addEventListener('mouseleave', () => {
          isOver = false;
          hide();
        });
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
export function isKeyboardCursor(u: uPlot): boolean {
  return u.root.parentElement?.dataset.cursor === 'keyboard';
}

import type uPlot from 'uplot';
import type { TimeRangeMs } from '../../data/types';

/** A shorter drag is a click with an unsteady hand. */
const MIN_PIXELS = 6;

/** Dragging across the plot selects a range of time. */
export function zoomPlugin(
  onZoom: () => ((range: TimeRangeMs) => void) | undefined,
): uPlot.Plugin {
  return {
    hooks: {
      setSelect: u => {
        const { left, width } = u.select;
        if (width >= MIN_PIXELS) {
          onZoom()?.({
            from: Math.round(u.posToVal(left, 'x')),
            to: Math.round(u.posToVal(left + width, 'x')),
          });
        }
        if (width > 0) {
          u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        }
      },
    },
  };
}

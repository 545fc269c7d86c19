import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import type { Legend } from './legendOptions';
import css from './LegendLayout.module.css';

export interface LegendLayoutProps {
  options: Legend;
  width: number;
  height: number;
  /** Of the legend's longest line, in CSS pixels: what it gets at the right, if there is room. */
  neededWidth: number;
  legend: ReactNode;
  /** Draws the picture into what the legend leaves. */
  children: (width: number, height: number) => ReactNode;
}

/** Below this the legend would leave no picture. */
const MIN_PLOT_HEIGHT = 80;
const MIN_PLOT_WIDTH = 120;
/** Of the panel, at most, for the legend. */
const BOTTOM_SHARE = 0.35;
const RIGHT_SHARE = 0.5;
const GAP = 8;

/** Picture and legend side by side or one below the other; the legend is as large as it needs to be, up to a share. */
export function LegendLayout(props: LegendLayoutProps) {
  const { options, width, height, legend, children } = props;
  const content = useRef<HTMLDivElement>(null);
  const [needed, setNeeded] = useState(24);
  const isRight = options.placement === 'right' && width > 2 * MIN_PLOT_WIDTH;
  const isShown = options.isShown && height > MIN_PLOT_HEIGHT;

  useLayoutEffect(() => {
    const { current } = content;
    if (!current || isRight) {
      return undefined;
    }
    const measure = () => setNeeded(current.offsetHeight);
    measure();
    // The number of lines changes with names, figures and width.
    if (typeof ResizeObserver === 'undefined') {
      return undefined;
    }
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [isRight, isShown]);

  if (!isShown) {
    return <>{children(width, height)}</>;
  }
  if (isRight) {
    const legendWidth = Math.round(
      Math.min(
        options.width ?? Math.min(props.neededWidth, width * RIGHT_SHARE),
        width - MIN_PLOT_WIDTH,
      ),
    );
    return (
      <div className={css.layout} data-placement="right">
        {children(width - legendWidth - GAP, height)}
        <div
          className={css.legend}
          style={{ width: legendWidth, height, marginLeft: GAP }}
        >
          {legend}
        </div>
      </div>
    );
  }
  const legendHeight = Math.min(
    needed,
    Math.max(24, Math.round(height * BOTTOM_SHARE)),
    height - MIN_PLOT_HEIGHT,
  );
  return (
    <div className={css.layout}>
      {children(width, height - legendHeight - GAP)}
      <div
        className={css.legend}
        style={{ height: legendHeight, marginTop: GAP }}
      >
        <div ref={content}>{legend}</div>
      </div>
    </div>
  );
}

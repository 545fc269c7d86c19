import { useEffect, useLayoutEffect, useRef, type KeyboardEvent } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { TooltipSource } from './tooltip';
import css from './Plot.module.css';

/** What is drawn, without its size. A new object builds the plot anew. */
export type PlotOptions = Omit<UPlot.Options, 'width' | 'height'>;

export interface PlotProps {
  options: PlotOptions;
  data: UPlot.AlignedData;
  /** CSS pixels. */
  width: number;
  height: number;
  /** What the picture shows, in words. */
  label: string;
  /** Read aloud while the arrow keys move the cursor. */
  tooltip?: TooltipSource;
}

/** A cursor outside of the plot is no cursor. */
const AWAY = { left: -10, top: -10 };

/** A plot of uPlot. After it is built, React does nothing while the pointer moves. */
export function Plot(props: PlotProps) {
  const { options, data, width, height, label, tooltip } = props;
  const host = useRef<HTMLDivElement>(null);
  const live = useRef<HTMLSpanElement>(null);
  const plot = useRef<UPlot>();
  const drawn = useRef<UPlot.AlignedData>();
  const latest = useRef({ data, width, height });
  latest.current = { data, width, height };

  useLayoutEffect(() => {
    const { current } = latest;
    const built = new UPlot(
      { ...options, width: current.width, height: current.height },
      current.data,
      host.current ?? undefined,
    );
    plot.current = built;
    drawn.current = current.data;
    return () => {
      built.destroy();
      plot.current = undefined;
    };
  }, [options]);

  useEffect(() => {
    if (drawn.current !== data) {
      drawn.current = data;
      plot.current?.setData(data);
    }
  }, [data]);

  useLayoutEffect(() => {
    const { current } = plot;
    if (current && (current.width !== width || current.height !== height)) {
      current.setSize({ width, height });
    }
  }, [width, height]);

  const onKeyDown = (event: KeyboardEvent) => {
    const { current } = plot;
    if (host.current) {
      host.current.dataset.cursor = 'keyboard';
    }
    if (current && moveCursor(current, event)) {
      event.preventDefault();
      const content = tooltip?.contentAt(current);
      if (live.current) {
        live.current.textContent = content
          ? `${content.title}: ${content.rows
              .slice(0, 10)
              .map(({ name, text }) => `${name} ${text}`)
              .join(', ')}`
          : '';
      }
    }
  };

  const onBlur = () => {
    if (host.current?.dataset.cursor) {
      delete host.current.dataset.cursor;
      plot.current?.setCursor(AWAY);
    }
  };

  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a chart is a widget for which ARIA has no role: arrow keys move its cursor
    <div
      className={css.plot}
      role="group"
      aria-roledescription="chart"
      aria-label={label}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the arrow keys need the focus
      tabIndex={0}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
    >
      <div ref={host} />
      <span ref={live} role="status" className={css.live} />
    </div>
  );
}

/** Arrows go one point on, with Shift ten; Home and End to the ends; Escape takes the cursor away. */
function moveCursor(u: UPlot, event: KeyboardEvent): boolean {
  const times = u.data[0];
  const last = times.length - 1;
  const at = u.cursor.idx ?? -1;
  const step = event.shiftKey ? 10 : 1;
  let to: number;
  switch (event.key) {
    case 'ArrowLeft':
      to = at < 0 ? last : at - step;
      break;
    case 'ArrowRight':
      to = at + step;
      break;
    case 'Home':
      to = 0;
      break;
    case 'End':
      to = last;
      break;
    case 'Escape':
      // Without a cursor the key is the page's: it leaves the full size.
      if ((u.cursor.left ?? -1) < 0) {
        return false;
      }
      u.setCursor(AWAY);
      return true;
    default:
      return false;
  }
  if (last >= 0) {
    const index = Math.min(last, Math.max(0, to));
    u.setCursor({
      left: u.valToPos(times[index], 'x'),
      top: u.over.clientHeight / 2,
    });
  }
  return true;
}

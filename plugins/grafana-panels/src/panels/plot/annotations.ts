import { dateTimeFormat } from '@grafana/data';
import type uPlot from 'uplot';
import type { AnnotationMark } from '../../data/types';
import { withOpacity } from '../../theme';
import css from './Plot.module.css';

export interface AnnotationSource {
  marks: AnnotationMark[];
  timeZone: string;
}

/** Deployments and alerts across the time axis: a dashed line or a tinted region, and a flag that says what it was. */
export function annotationsPlugin(
  source: () => AnnotationSource,
): uPlot.Plugin {
  let layer: HTMLElement | undefined;

  const drawLines = (u: uPlot) => {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    for (const mark of visible(u, source().marks)) {
      const x = u.valToPos(mark.time, 'x', true);
      if (mark.timeEnd !== undefined && mark.timeEnd > mark.time) {
        ctx.fillStyle = withOpacity(mark.color, 0.12);
        const end = u.valToPos(mark.timeEnd, 'x', true);
        ctx.fillRect(x, bbox.top, end - x, bbox.height);
      }
      ctx.strokeStyle = mark.color;
      ctx.lineWidth = devicePixelRatio || 1;
      ctx.setLineDash([4, 4]);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
    }
    ctx.restore();
  };

  const placeFlags = (u: uPlot) => {
    const { marks, timeZone } = source();
    layer?.replaceChildren(
      ...visible(u, marks)
        .filter(({ time }) => time >= (u.scales.x.min ?? -Infinity))
        .map(mark => {
          const flag = document.createElement('i');
          flag.className = css.flag;
          flag.style.left = `${u.valToPos(mark.time, 'x')}px`;
          flag.style.borderBottomColor = mark.color;
          flag.title = describeMark(mark, timeZone);
          return flag;
        }),
    );
  };

  return {
    hooks: {
      init: u => {
        layer = document.createElement('div');
        layer.className = css.flags;
        layer.setAttribute('aria-hidden', 'true');
        u.over.append(layer);
      },
      draw: u => {
        drawLines(u);
        placeFlags(u);
      },
    },
  };
}

/** `2026-11-23 08:05:12 Deployment gateway: image v2`. */
export function describeMark(mark: AnnotationMark, timeZone: string): string {
  const time = dateTimeFormat(mark.time, { timeZone });
  const end =
    mark.timeEnd !== undefined && mark.timeEnd > mark.time
      ? ` to ${dateTimeFormat(mark.timeEnd, { timeZone })}`
      : '';
  return [`${time}${end} ${mark.title}`, mark.text].filter(Boolean).join('\n');
}

function visible(u: uPlot, marks: AnnotationMark[]): AnnotationMark[] {
  const { min, max } = u.scales.x;
  if (min === undefined || max === undefined) {
    return [];
  }
  return marks.filter(
    ({ time, timeEnd }) => time <= max && (timeEnd ?? time) >= min,
  );
}

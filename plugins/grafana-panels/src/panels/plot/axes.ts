import {
  dateTimeFormat,
  formattedValueToString,
  type DisplayProcessor,
  type GrafanaTheme2,
} from '@grafana/data';
import type uPlot from 'uplot';

/** Of the numbers on axes, in CSS pixels. */
const FONT_SIZE = 12;
const GAP = 6;
const MAX_DECIMALS = 6;
const MAX_AXIS_WIDTH = 140;
const AROUND_TEXT = GAP + 4;

const DAY = 24 * 60 * 60 * 1000;

export function axisFont(theme: GrafanaTheme2): string {
  return `${FONT_SIZE}px ${theme.typography.fontFamily}`;
}

const gridOf = (theme: GrafanaTheme2) => ({
  stroke: theme.colors.border.weak,
  width: 1,
});

/** Converts the plot's milliseconds into the time of a zone. */
export function tzDateOf(
  timeZone: string,
  uplot: typeof uPlot,
): uPlot.LocalDateFromUnix {
  return timeZone === 'browser'
    ? ms => new Date(ms)
    : ms => uplot.tzDate(new Date(ms), timeZone === 'utc' ? 'UTC' : timeZone);
}

/** Times along the bottom: 24 hours, and the date where a day begins. */
export function timeAxis(theme: GrafanaTheme2, timeZone: string): uPlot.Axis {
  return {
    scale: 'x',
    stroke: theme.colors.text.secondary,
    font: axisFont(theme),
    size: 24,
    gap: 4,
    space: 72,
    grid: gridOf(theme),
    ticks: { show: false },
    values: (_u, splits, _axis, _space, increment) =>
      timeTexts(splits, increment, timeZone),
  };
}

/** Texts of times that lie `increment` milliseconds apart. */
export function timeTexts(
  times: number[],
  increment: number,
  timeZone: string,
): string[] {
  const textOf = (time: number, format: string) =>
    dateTimeFormat(time, { timeZone, format });
  return times.map(time => {
    if (increment >= 365 * DAY) {
      return textOf(time, 'YYYY');
    }
    if (increment >= 28 * DAY) {
      return textOf(time, 'YYYY-MM');
    }
    const isMidnight = textOf(time, 'HH:mm:ss.SSS') === '00:00:00.000';
    if (increment >= DAY || isMidnight) {
      return textOf(time, 'MM-DD');
    }
    if (increment >= 60_000) {
      return textOf(time, 'HH:mm');
    }
    return textOf(time, increment >= 1000 ? 'HH:mm:ss' : 'ss.SSS');
  });
}

export interface ValueAxisOptions {
  scale: string;
  side: 'left' | 'right';
  /** How a number of this axis reads. */
  display: DisplayProcessor | undefined;
  label?: string;
  /** Of the numbers; the text's colour without it. */
  color?: string;
  showGrid: boolean;
  showBorder?: boolean;
  /** CSS pixels, for a dashboard that fixes it. */
  width?: number;
  /** Of a logarithmic scale: lines only at its powers. */
  logBase?: number;
}

/** Values along the left or right, as wide as its longest number. */
export function valueAxis(
  theme: GrafanaTheme2,
  options: ValueAxisOptions,
): uPlot.Axis {
  const { scale, side, display, label, color, showGrid, width, logBase } =
    options;
  const stroke = color ?? theme.colors.text.secondary;
  return {
    scale,
    side: side === 'left' ? 3 : 1,
    stroke,
    font: axisFont(theme),
    labelFont: axisFont(theme),
    label: label || undefined,
    labelSize: label ? 20 : 0,
    labelGap: 2,
    gap: GAP,
    space: 28,
    grid: {
      ...gridOf(theme),
      show: showGrid,
      // uPlot takes an undefined filter for one.
      ...(logBase
        ? { filter: (_u: uPlot, splits: number[]) => powersOf(splits, logBase) }
        : {}),
    },
    ticks: { show: false },
    border: { show: options.showBorder === true, stroke, width: 1 },
    size: width ?? measureAxis,
    values: (_u, splits) => axisTexts(splits, display),
  };
}

function powersOf(values: number[], base: number): Array<number | null> {
  return values.map(value => {
    const exponent = Math.log(Math.abs(value)) / Math.log(base);
    return Math.abs(exponent - Math.round(exponent)) < 1e-6 || value === 0
      ? value
      : null;
  });
}

/** Widths of texts on an axis, in CSS pixels. */
function textMeter(u: uPlot, axisIndex: number): (text: string) => number {
  const { font } = u.axes[axisIndex];
  return text => {
    u.ctx.save();
    // uPlot keeps the font at the screen's resolution, as an array with its size.
    u.ctx.font = Array.isArray(font) ? String(font[0]) : String(font);
    const { width } = u.ctx.measureText(text);
    u.ctx.restore();
    return width / (globalThis.devicePixelRatio || 1);
  };
}

function measureAxis(u: uPlot, values: string[] | null, axisIndex: number) {
  if (!values || values.length === 0) {
    return 0;
  }
  const widest = Math.max(
    ...values.map(text => text ?? '').map(textMeter(u, axisIndex)),
  );
  return Math.min(MAX_AXIS_WIDTH, Math.ceil(widest) + AROUND_TEXT);
}

/**
 * Names on an axis, cut in the middle where they don't fit: those of pods begin
 * alike, and end with what tells them apart.
 */
export function fitNames(
  u: uPlot,
  names: string[],
  axisIndex: number,
): string[] {
  const widthOf = textMeter(u, axisIndex);
  const room = MAX_AXIS_WIDTH - AROUND_TEXT;
  return names.map(name => {
    const width = widthOf(name);
    let shown = name;
    // Begins near what will fit: there may be hundreds of names.
    let kept = Math.min(
      name.length - 1,
      Math.ceil((name.length * room) / width) + 2,
    );
    while (kept > 1 && widthOf(shown) > room) {
      const start = Math.ceil(kept / 2);
      const end = name.length - (kept - start);
      shown = `${name.slice(0, start)}…${name.slice(end)}`;
      kept -= 1;
    }
    return shown;
  });
}

/** The numbers of an axis with the fewest decimals that still tell each exactly. */
export function axisTexts(
  values: number[],
  display: DisplayProcessor | undefined,
): string[] {
  if (!display) {
    return values.map(String);
  }
  return values.map(value => {
    for (let decimals = 0; decimals < MAX_DECIMALS; decimals++) {
      const shown = display(value, decimals);
      const exact = display(value, MAX_DECIMALS);
      if (isSameNumber(shown.text, exact.text)) {
        return formattedValueToString(shown);
      }
    }
    return formattedValueToString(display(value));
  });
}

function isSameNumber(a: string, b: string): boolean {
  if (a === b) {
    return true;
  }
  const [x, y] = [a, b].map(text => Number(text.replace(/[,\s]/g, '')));
  // Text that isn't a number (a date, a mapped word) has no decimals to lose.
  return Number.isNaN(x) || Number.isNaN(y)
    ? true
    : Math.abs(x - y) <= Math.abs(y) * 1e-9;
}

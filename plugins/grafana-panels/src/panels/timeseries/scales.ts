import uPlot from 'uplot';
import type { GraphField } from '../series';

/** Curves that share an axis: same unit, same limits, same side. */
export function scaleKeyOf({ field, custom }: GraphField): string {
  const { unit, min, max } = field.config;
  const isPercentStack = custom.stacking?.mode === 'percent';
  return JSON.stringify([
    isPercentStack ? 'percentunit' : unit ?? '',
    min ?? '',
    max ?? '',
    custom.axisPlacement ?? 'auto',
    custom.axisLabel ?? '',
    custom.axisSoftMin ?? '',
    custom.axisSoftMax ?? '',
    custom.axisCenteredZero ?? false,
    custom.scaleDistribution?.type ?? 'linear',
    custom.scaleDistribution?.log ?? '',
  ]);
}

const LINEAR = 1 as uPlot.Scale.Distr;
/** uPlot's numbers of Grafana's words. */
const DISTRIBUTIONS: Record<string, uPlot.Scale.Distr> = {
  linear: LINEAR,
  log: 3,
  symlog: 4,
};

/** The y scale of a curve: its distribution, and how far it reaches for the data at hand. */
export function scaleOf(
  graph: GraphField,
  /** Values that have to be in sight whatever the data: thresholds drawn as lines. */
  reach: () => { min?: number; max?: number } = () => ({}),
): uPlot.Scale {
  const { custom, field } = graph;
  const { type, log, linearThreshold } = custom.scaleDistribution ?? {};
  const base: uPlot.Scale.LogBase = log === 2 ? 2 : 10;
  const rangeOf = (low: number | null, high: number | null) => {
    switch (type as string | undefined) {
      case 'log':
        return logRange(low, high, base);
      case 'symlog':
        return symlogRange(low, high, base);
      default:
        return linearRange(low, high, custom);
    }
  };
  const range: uPlot.Range.Function = (_u, dataMin, dataMax) => {
    const limits = { ...reach() };
    const low = atLeast(dataMin, limits.min, Math.min);
    const high = atLeast(dataMax, limits.max, Math.max);
    return withHardLimits(
      rangeOf(low, high),
      field.config.min,
      field.config.max,
    );
  };
  return {
    time: false,
    auto: true,
    distr: DISTRIBUTIONS[type ?? 'linear'] ?? LINEAR,
    log: base,
    asinh: linearThreshold ?? 1,
    dir: 1,
    ori: 1,
    range,
  };
}

function atLeast(
  value: number | null,
  other: number | undefined,
  pick: (a: number, b: number) => number,
): number | null {
  if (value === null || value === undefined) {
    return other ?? null;
  }
  return other === undefined ? value : pick(value, other);
}

function linearRange(
  low: number | null,
  high: number | null,
  custom: GraphField['custom'],
): uPlot.Range.MinMax {
  const { axisSoftMax, axisCenteredZero } = custom;
  // The length of a bar and the height of a pile say something only when they start at zero.
  const standsOnZero =
    custom.drawStyle === 'bars' || (custom.stacking?.mode ?? 'none') !== 'none';
  const axisSoftMin = custom.axisSoftMin ?? (standsOnZero ? 0 : undefined);
  if (custom.stacking?.mode === 'percent') {
    return [Math.min(0, -Math.ceil(-(low ?? 0))), Math.max(0, high ?? 1)];
  }
  if (low === null || high === null) {
    return [axisSoftMin ?? 0, axisSoftMax ?? 100];
  }
  const [min, max] = uPlot.rangeNum(low, high, {
    min:
      axisSoftMin === undefined
        ? { pad: 0.1, soft: 0, mode: 3 }
        : { pad: 0.1, soft: axisSoftMin, mode: 1 },
    max:
      axisSoftMax === undefined || axisSoftMax === null
        ? { pad: 0.1, soft: 0, mode: 3 }
        : { pad: 0.1, soft: axisSoftMax, mode: 1 },
  });
  if (axisCenteredZero) {
    const reach = Math.max(Math.abs(min ?? 0), Math.abs(max ?? 0));
    return [-reach, reach];
  }
  return [min, max];
}

function logRange(
  low: number | null,
  high: number | null,
  base: uPlot.Scale.LogBase,
): uPlot.Range.MinMax {
  // A logarithm knows nothing at or below zero; such points are left out by the clamp.
  const max = high !== null && high > 0 ? high : base;
  const min = low !== null && low > 0 ? low : max / base ** 3;
  return uPlot.rangeLog(min, max, base, true);
}

function symlogRange(
  low: number | null,
  high: number | null,
  base: uPlot.Scale.LogBase,
): uPlot.Range.MinMax {
  return uPlot.rangeAsinh(low ?? 0, high ?? base, base, true);
}

function withHardLimits(
  [low, high]: uPlot.Range.MinMax,
  min: number | null | undefined,
  max: number | null | undefined,
): uPlot.Range.MinMax {
  const from = min ?? low ?? 0;
  const to = max ?? high ?? 1;
  // Limits that contradict the data (or each other) would divide by zero.
  return to > from ? [from, to] : [from, from + 1];
}

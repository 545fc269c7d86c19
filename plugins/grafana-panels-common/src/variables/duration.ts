const UNITS: Record<string, number> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  // As Grafana counts them where no calendar is at hand
  M: 2_592_000_000,
  y: 31_536_000_000,
};

/**
 * Milliseconds of `30s`, `1h30m`, `90` (seconds) or `>1m` (Grafana's notation of a minimum); undefined when it is none.
 *
 * @public
 */
export function parseDuration(text: string): number | undefined {
  const trimmed = text.trim().replace(/^>\s*/, '');
  if (/^\d+(\.\d+)?$/.test(trimmed)) {
    return positive(Number(trimmed) * 1_000);
  }
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d|w|M|y))+$/.test(trimmed)) {
    return undefined;
  }
  let sum = 0;
  for (const [, amount, unit] of trimmed.matchAll(
    /(\d+(?:\.\d+)?)(ms|s|m|h|d|w|M|y)/g,
  )) {
    sum += Number(amount) * UNITS[unit];
  }
  return positive(sum);
}

/** In the largest unit that Prometheus knows and that divides it: `90s`, `2m`, `1d`. @public */
export function formatDuration(milliseconds: number): string {
  const whole = Math.max(1, Math.round(milliseconds));
  for (const unit of ['d', 'h', 'm', 's']) {
    if (whole % UNITS[unit] === 0) {
      return `${whole / UNITS[unit]}${unit}`;
    }
  }
  return `${whole}ms`;
}

function positive(value: number): number | undefined {
  return Number.isFinite(value) && value > 0 ? value : undefined;
}

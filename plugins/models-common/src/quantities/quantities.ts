/**
 * Kubernetes quantities (`500m`, `1.5`, `12Gi`, `3943400Ki`, `1e3`), read exactly: decimal digits
 * are scaled as integers, never through a binary float.
 */

const NANO = 1_000_000_000n;

const BINARY: Record<string, bigint> = {
  Ki: 1n << 10n,
  Mi: 1n << 20n,
  Gi: 1n << 30n,
  Ti: 1n << 40n,
  Pi: 1n << 50n,
  Ei: 1n << 60n,
};

const DECIMAL_EXPONENT: Record<string, number> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};

const QUANTITY =
  /^([+-]?)(\d+\.?\d*|\.\d+)(?:([KMGTPE]i)|([numkMGTPE])|[eE]([+-]?\d{1,2}))?$/;

function ceilDivide(value: bigint, by: bigint): bigint {
  return value > 0n ? (value + by - 1n) / by : value / by;
}

/** In billionths, rounded up as Kubernetes does; `undefined` when it is no quantity. */
function parseNano(text: string): bigint | undefined {
  const match = QUANTITY.exec(text);
  if (!match) {
    return undefined;
  }
  const [, sign, digits, binary, suffix, exponent] = match;
  const [whole, fraction = ''] = digits.split('.');
  const mantissa = BigInt(`${sign}${whole || '0'}${fraction}`);
  const power =
    9 -
    fraction.length +
    (exponent === undefined
      ? DECIMAL_EXPONENT[suffix ?? '']
      : Number(exponent));
  const scaled = binary ? mantissa * BINARY[binary] : mantissa;
  return power >= 0
    ? scaled * 10n ** BigInt(power)
    : ceilDivide(scaled, 10n ** BigInt(-power));
}

function parseScaled(
  value: string | number | undefined,
  nanoPerUnit: bigint,
): number | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  const nano = parseNano(String(value).trim());
  if (nano === undefined) {
    return undefined;
  }
  const result = Number(ceilDivide(nano, nanoPerUnit));
  return Number.isSafeInteger(result) ? result : undefined;
}

/** Whether Kubernetes would accept the text as a quantity. @public */
export function isQuantity(value: string): boolean {
  return parseNano(value) !== undefined;
}

/** Millicores, rounded up; `undefined` when absent or no quantity. @public */
export function parseCpu(
  value: string | number | undefined,
): number | undefined {
  return parseScaled(value, NANO / 1000n);
}

/** Bytes, rounded up; `undefined` when absent or no quantity. @public */
export function parseMemory(
  value: string | number | undefined,
): number | undefined {
  return parseScaled(value, NANO);
}

/** A whole number (GPUs, pods), rounded up; `undefined` when absent or no quantity. @public */
export function parseCount(
  value: string | number | undefined,
): number | undefined {
  return parseScaled(value, NANO);
}

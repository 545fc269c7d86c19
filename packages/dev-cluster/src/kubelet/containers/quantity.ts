const SUFFIXES: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The number behind a Kubernetes quantity such as `500m` or `4Gi`. @public */
export function parseQuantity(quantity: string): number {
  const match = /^([+-]?[0-9.]+)(?:e([+-]?\d+)|([numkMGTPE]i?|))$/i.exec(
    quantity.trim(),
  );
  const scale = match?.[2]
    ? 10 ** Number(match[2])
    : SUFFIXES[match?.[3] ?? ''];
  if (!match || scale === undefined) {
    throw new Error(`"${quantity}" is not a quantity`);
  }
  return Number(match[1]) * scale;
}

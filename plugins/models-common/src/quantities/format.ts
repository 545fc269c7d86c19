/** Bytes in a GiB. @public */
export const GIB = 2 ** 30;

/** Canonical Kubernetes text of millicores: `500m`, `2`. @public */
export function formatCpu(millicores: number): string {
  return millicores % 1000 === 0 ? `${millicores / 1000}` : `${millicores}m`;
}

/** Canonical Kubernetes text of bytes, exact: the largest binary suffix without a rest. @public */
export function formatMemory(bytes: number): string {
  const suffixes = ['Ti', 'Gi', 'Mi', 'Ki'];
  for (const [index, suffix] of suffixes.entries()) {
    const unit = 2 ** (10 * (suffixes.length - index));
    if (bytes !== 0 && bytes % unit === 0) {
      return `${bytes / unit}${suffix}`;
    }
  }
  return `${bytes}`;
}

/** For people: `13.49 GiB`. @public */
export function formatGiB(gib: number): string {
  return `${gib.toFixed(2)} GiB`;
}

import {
  parseCount,
  parseCpu,
  parseMemory,
} from '@llm-platform/plugin-models-common';

/** Millicores, bytes, whole GPUs, pods. @public */
export interface Resources {
  cpu: number;
  memory: number;
  gpus: number;
  pods: number;
}

/** @public */
export const GPU = 'nvidia.com/gpu';

export const NOTHING: Resources = { cpu: 0, memory: 0, gpus: 0, pods: 0 };

const KEYS = ['cpu', 'memory', 'gpus', 'pods'] as const;

/** Reads Kubernetes' quantities; what is absent is 0. Throws on what is none. */
export function readResources(
  quantities: Record<string, string | number> = {},
): Resources {
  const read = (
    name: string,
    parse: (value: string | number) => number | undefined,
  ) => {
    const text = quantities[name];
    if (text === undefined) {
      return 0;
    }
    const value = parse(text);
    if (value === undefined) {
      throw new Error(`${name}: ${JSON.stringify(text)} is no quantity`);
    }
    return value;
  };
  return {
    cpu: read('cpu', parseCpu),
    memory: read('memory', parseMemory),
    gpus: read(GPU, parseCount),
    pods: read('pods', parseCount),
  };
}

export function add(a: Resources, b: Resources): Resources {
  return combine(a, b, (x, y) => x + y);
}

export function subtract(a: Resources, b: Resources): Resources {
  return combine(a, b, (x, y) => x - y);
}

export function larger(a: Resources, b: Resources): Resources {
  return combine(a, b, Math.max);
}

function combine(
  a: Resources,
  b: Resources,
  of: (x: number, y: number) => number,
): Resources {
  return Object.fromEntries(
    KEYS.map(key => [key, of(a[key], b[key])]),
  ) as unknown as Resources;
}

/** In the scheduler's words, what there is too little of. */
export function shortages(wanted: Resources, free: Resources): string[] {
  const words: Record<keyof Resources, string> = {
    cpu: 'Insufficient cpu',
    memory: 'Insufficient memory',
    gpus: `Insufficient ${GPU}`,
    pods: 'Too many pods',
  };
  return KEYS.filter(key => wanted[key] > 0 && wanted[key] > free[key]).map(
    key => words[key],
  );
}

/** `250m` or `2`. */
export function formatCpu(millicores: number): string {
  return millicores % 1000 === 0 && millicores !== 0
    ? String(millicores / 1000)
    : `${millicores}m`;
}

/** In MiB or GiB, with one decimal where that is needed. */
export function formatMemory(bytes: number): string {
  const mebibytes = bytes / 1024 ** 2;
  return mebibytes < 1024
    ? `${Math.round(mebibytes)}Mi`
    : `${Number((mebibytes / 1024).toFixed(1))}Gi`;
}

export function formatRequests({ cpu, memory, gpus }: Resources): string {
  return [
    `${formatCpu(cpu)} CPU`,
    formatMemory(memory),
    ...(gpus > 0 ? [`${gpus} GPU`] : []),
  ].join(', ');
}

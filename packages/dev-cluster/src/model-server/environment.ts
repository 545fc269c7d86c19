import { availableParallelism } from 'node:os';

/**
 * The environment variables that the stand-in reads beside vLLM's own.
 *
 * @public
 */
export interface ModelServerEnvironment {
  /** `LLMP_BIND_ADDRESS`: the pod's address, bound whatever `--host` says. */
  bindAddress?: string;
  /** `LLMP_MODEL_FILE`: the GGUF file that answers. */
  modelFile?: string;
  /**
   * `LLMP_THREADS`: threads for the model at most; never all cores.
   * llama.cpp's threads spin while they wait for each other: as soon as
   * something else needs a core too, two threads on two cores are ten times
   * slower than one (measured: 42 tokens/s with one, 1 to 6 with two).
   */
  threads: number;
  /** `LLMP_GPU`: the simulated GPU, e.g. `Tesla T4`; none: CPU backend. */
  gpu?: string;
  /** `LLMP_START_DELAY_FACTOR`: 0 starts without simulated pauses. */
  delayFactor: number;
  /** vLLM's `VLLM_CPU_KVCACHE_SPACE` in GiB. */
  kvCacheSpaceGiB?: number;
}

function numberFrom(
  env: NodeJS.ProcessEnv,
  name: string,
  low: number,
  high: number,
): number | undefined {
  const text = env[name];
  if (text === undefined || text === '') {
    return undefined;
  }
  const value = Number(text);
  if (!Number.isFinite(value) || value < low || value > high) {
    throw new Error(
      `${name} must be a number from ${low} to ${high}, not '${text}'`,
    );
  }
  return value;
}

/** Reads and checks the environment. */
export function readEnvironment(
  env: NodeJS.ProcessEnv,
): ModelServerEnvironment {
  return {
    bindAddress: env.LLMP_BIND_ADDRESS || undefined,
    modelFile: env.LLMP_MODEL_FILE || undefined,
    threads: Math.floor(
      Math.min(
        numberFrom(env, 'LLMP_THREADS', 1, 256) ?? Infinity,
        Math.max(1, availableParallelism() - 1),
      ),
    ),
    gpu: env.LLMP_GPU || undefined,
    delayFactor: numberFrom(env, 'LLMP_START_DELAY_FACTOR', 0, 100) ?? 1,
    // vLLM itself takes 0 as "not set".
    kvCacheSpaceGiB:
      numberFrom(env, 'VLLM_CPU_KVCACHE_SPACE', 0, 4096) || undefined,
  };
}

import type { GpuProfile } from '../profiles/types';
import type { ModelDeploymentSpec } from '../spec/types';

/** Limits of one engine step, as vLLM's server chooses them when the spec leaves them out. */
export interface BatchLimits {
  maxNumSeqs: number;
  maxNumBatchedTokens: number;
}

/** vLLM 0.11's server: large cards (but not the A100) get larger batches. */
export function batchLimits(
  engine: ModelDeploymentSpec['spec']['engine'],
  profile: GpuProfile,
): BatchLimits {
  const gpu = profile.gpu;
  const large =
    gpu !== undefined && gpu.memoryGiB >= 70 && !/a100/i.test(gpu.product);
  const maxNumSeqs = engine.maxNumSeqs ?? (large ? 1024 : 256);
  return {
    maxNumSeqs,
    maxNumBatchedTokens:
      engine.maxNumBatchedTokens ?? Math.max(large ? 8192 : 2048, maxNumSeqs),
  };
}

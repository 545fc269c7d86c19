import { GIB, parseMemory } from '../quantities';
import type { ModelArchitecture, ModelDeploymentSpec } from '../spec/types';
import { estimateWeights } from './weights';

/** Python, PyTorch and buffers of vLLM's two processes on a CPU. An estimate, not measured here. */
export const CPU_PROCESS_GIB = 0.6;

/**
 * Whole GiB of KV cache (vLLM takes no fractions) that the memory limit leaves, at least 1.
 *
 * @public
 */
export function cpuKvCacheSpaceGiB(
  spec: ModelDeploymentSpec,
  architecture: ModelArchitecture | undefined,
): number {
  const limit = (parseMemory(spec.spec.resources.limits.memory) ?? 0) / GIB;
  const weights =
    architecture && estimateWeights(architecture, spec.spec.engine);
  const left = weights ? limit - weights.gib - CPU_PROCESS_GIB : limit / 2;
  return Math.max(1, Math.floor(left));
}

import { GIB } from '../quantities';
import type { ModelArchitecture } from '../spec/types';
import type { BatchLimits } from './defaults';

/** Estimate of what vLLM uses besides weights and KV cache, with its error. */
export interface OverheadEstimate {
  gib: number;
  /** The true figure may be this much higher … */
  above: number;
  /** … or this much lower. */
  below: number;
}

/** Copies of the logits that the sampler holds, fitted to published starts (see README). */
function samplerCopies(maxNumSeqs: number): number {
  const [few, many] = [256, 1024];
  const share =
    (Math.min(Math.max(maxNumSeqs, few), many) - few) / (many - few);
  return 3 + share * 6.75;
}

function forwardBytes(
  architecture: ModelArchitecture,
  tokens: number,
  gpus: number,
): number {
  const { hiddenSize, intermediateSize, numExperts } = architecture;
  // Experts per token are not in the shapes; 8 is usual.
  const width = numExperts
    ? Math.min(numExperts, 8) * (architecture.moeIntermediateSize ?? hiddenSize)
    : intermediateSize ?? 4 * hiddenSize;
  return tokens * ((3 * width) / gpus + 4 * hiddenSize) * 2;
}

/**
 * The profile run's peak is the larger of the forward pass and the sampler; independent of
 * `max_model_len`. Constants are fitted to the rows that print all figures: this is the one part
 * of the fit that is an estimate.
 */
export function estimateOverhead(
  architecture: ModelArchitecture,
  limits: BatchLimits,
  gpus: number,
): OverheadEstimate {
  const sampler =
    samplerCopies(limits.maxNumSeqs) *
    limits.maxNumSeqs *
    architecture.vocabSize *
    4;
  const forward = forwardBytes(architecture, limits.maxNumBatchedTokens, gpus);
  const outsideTorch = gpus > 1 ? 0.2 : 0.07;
  const expertBuffers = architecture.numExperts ? 0.45 / gpus : 0;
  const gib = Math.max(sampler, forward) / GIB + outsideTorch + expertBuffers;
  return {
    gib,
    above: 0.25 + 0.75 * Math.min(gib, 1.6),
    below: 0.5 * Math.min(gib, 1.6),
  };
}

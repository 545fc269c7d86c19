/**
 * GiB unless said otherwise, per GPU (rank). When `missing` is set, figures that rest on what is
 * missing are 0 and mean nothing: show them as unknown.
 *
 * @public
 */
export interface FitResult {
  verdict: 'fits' | 'does-not-fit' | 'unknown';
  /** One sentence with the numbers. */
  summary: string;
  totalGiB: number;
  requestedGiB: number;
  weightsGiB: number;
  overheadGiB: number;
  kvCacheGiB: number;
  /** Outside the budget: total − requested. */
  keptFreeGiB: number;
  kvBytesPerToken: number;
  /** Tokens that the KV cache holds. */
  kvCacheTokens: number;
  /** Concurrent requests of `maxModelLen` tokens. */
  maxConcurrency: number;
  /** KV cache that one request of `maxModelLen` needs. */
  neededForOneRequestGiB: number;
  /** Where the weights' figure comes from. */
  weightsSource: string;
  /**
   * What is missing when the verdict is `unknown`. An `unknown` without it is a close call: all
   * figures are there, but the need lies within the error of the estimated overhead.
   */
  missing?: string[];
  /** Changes that would make it fit, best first. */
  suggestions: Array<{
    label: string;
    change: {
      modelId?: string;
      quantization?: import('../spec/types').Quantization;
      dtype?: import('../spec/types').Dtype;
      profile?: string;
      maxModelLen?: number;
      gpuMemoryUtilization?: number;
    };
  }>;
}

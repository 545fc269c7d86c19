import { formatGiB } from '../quantities';
import type { GpuProfile } from '../profiles/types';
import type { ModelDeploymentSpec } from '../spec/types';
import type { FitResult } from './types';
import type { WeightsEstimate } from './weights';

type Figures = Omit<FitResult, 'suggestions'>;

function number(value: number): string {
  return Math.floor(value).toLocaleString('en-US');
}

function budgetText(
  figures: Figures,
  spec: ModelDeploymentSpec['spec'],
  profile: GpuProfile,
): string {
  const requested = formatGiB(figures.requestedGiB);
  return profile.gpu
    ? `the ${requested} that vLLM may use on a ${
        profile.gpu.product
      } (${formatGiB(figures.totalGiB)} × ${spec.engine.gpuMemoryUtilization})`
    : `the memory limit of ${requested}`;
}

/** One sentence (or two) with the numbers. */
export function summarize(
  figures: Figures,
  { loadingGiB }: WeightsEstimate,
  spec: ModelDeploymentSpec['spec'],
  profile: GpuProfile,
): string {
  const weights = formatGiB(figures.weightsGiB);
  const overhead = formatGiB(figures.overheadGiB);
  const budget = budgetText(figures, spec, profile);
  const length = number(spec.engine.maxModelLen);
  const needed = formatGiB(figures.neededForOneRequestGiB);
  const left =
    figures.kvCacheGiB > 0
      ? `${formatGiB(figures.kvCacheGiB)} is left for the KV cache`
      : `${formatGiB(-figures.kvCacheGiB)} too little, before any KV cache`;
  if (figures.verdict === 'fits') {
    return `Fits: ${weights} of weights and about ${overhead} of overhead leave ${formatGiB(
      figures.kvCacheGiB,
    )} of ${budget} for the KV cache: ${number(
      figures.kvCacheTokens,
    )} tokens, ${figures.maxConcurrency.toFixed(
      1,
    )} requests of ${length} tokens at once.`;
  }
  if (figures.verdict === 'does-not-fit') {
    if (loadingGiB > figures.totalGiB && loadingGiB > figures.weightsGiB) {
      return `Does not fit: loading needs ${formatGiB(
        loadingGiB,
      )} of ${formatGiB(
        figures.totalGiB,
      )}, because vLLM reads the 16-bit weights before it quantizes them to ${weights}.`;
    }
    return figures.keptFreeGiB < 0.1 && profile.gpu && figures.kvCacheGiB > 0
      ? `Does not fit: a memory utilization of ${spec.engine.gpuMemoryUtilization} leaves nothing for the driver, and vLLM refuses to start.`
      : `Does not fit: weights take ${weights} and overhead about ${overhead} of ${budget}; ${left}, and one request of ${length} tokens needs ${needed}.`;
  }
  return `Too close to call: ${weights} of weights and about ${overhead} of overhead in ${budget}; about ${left}, one request of ${length} tokens needs ${needed}, and ${formatGiB(
    figures.keptFreeGiB,
  )} stays outside the budget for CUDA graphs.`;
}

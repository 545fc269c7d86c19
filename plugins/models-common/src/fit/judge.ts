import { GIB, parseMemory } from '../quantities';
import type { GpuProfile } from '../profiles/types';
import type { ModelArchitecture, ModelDeploymentSpec } from '../spec/types';
import { CPU_PROCESS_GIB, cpuKvCacheSpaceGiB } from './cpu';
import { batchLimits } from './defaults';
import { withResolvedDtype } from './dtypes';
import {
  kvBytesNeeded,
  kvCapacity,
  kvLayout,
  maxConcurrency,
  type KvLayout,
} from './kvCache';
import { estimateOverhead, type OverheadEstimate } from './overhead';
import { refusals } from './refusals';
import { summarize } from './summary';
import type { FitResult } from './types';
import { estimateWeights, type WeightsEstimate } from './weights';

/** CUDA graphs are captured outside the budget in 0.11; less than this free has ended in OOM. */
const GRAPHS_GIB = 0.5;
/** The driver's own context; a budget that leaves less can't pass the start-up check. */
const CONTEXT_GIB = 0.1;

/** Fit without suggestions. */
export type Judgement = Omit<FitResult, 'suggestions'>;

interface Budget {
  totalGiB: number;
  requestedGiB: number;
}

function budgetOf(
  spec: ModelDeploymentSpec['spec'],
  profile: GpuProfile,
): Budget {
  if (!profile.gpu) {
    const limit = (parseMemory(spec.resources.limits.memory) ?? 0) / GIB;
    return { totalGiB: limit, requestedGiB: limit };
  }
  const totalGiB = profile.gpu.memoryGiB;
  return {
    totalGiB,
    requestedGiB:
      Math.ceil(totalGiB * GIB * spec.engine.gpuMemoryUtilization) / GIB,
  };
}

function unknown(budget: Budget, missing: string[]): Judgement {
  return {
    verdict: 'unknown',
    summary: `Whether it fits is not known: ${missing.join(' and ')} missing.`,
    totalGiB: budget.totalGiB,
    requestedGiB: budget.requestedGiB,
    weightsGiB: 0,
    overheadGiB: 0,
    kvCacheGiB: 0,
    keptFreeGiB: budget.totalGiB - budget.requestedGiB,
    kvBytesPerToken: 0,
    kvCacheTokens: 0,
    maxConcurrency: 0,
    neededForOneRequestGiB: 0,
    weightsSource: 'unknown',
    missing,
  };
}

interface Parts {
  spec: ModelDeploymentSpec;
  profile: GpuProfile;
  architecture: ModelArchitecture;
  weights: WeightsEstimate;
  layout: KvLayout;
}

function overheadOf(parts: Parts): OverheadEstimate {
  const { spec, profile, architecture } = parts;
  if (!profile.gpu) {
    return { gib: CPU_PROCESS_GIB, above: 0, below: 0 };
  }
  const { engine } = spec.spec;
  return estimateOverhead(
    architecture,
    batchLimits(engine, profile),
    engine.tensorParallelSize ?? 1,
  );
}

function verdictOf(
  parts: Parts,
  figures: Judgement,
  overhead: OverheadEstimate,
): Judgement['verdict'] {
  const { weights, profile, spec } = parts;
  const spare = figures.kvCacheGiB - figures.neededForOneRequestGiB;
  if (spare < -overhead.below || weights.loadingGiB > figures.totalGiB) {
    return 'does-not-fit';
  }
  if (!profile.gpu) {
    return spare >= 0 ? 'fits' : 'does-not-fit';
  }
  if (figures.keptFreeGiB < CONTEXT_GIB) {
    return 'does-not-fit';
  }
  const noRoomForGraphs =
    !spec.spec.engine.enforceEager && figures.keptFreeGiB < GRAPHS_GIB;
  return spare < overhead.above || noRoomForGraphs ? 'unknown' : 'fits';
}

function availableGiB(
  parts: Parts,
  budget: Budget,
  overhead: OverheadEstimate,
): number {
  const left = budget.requestedGiB - parts.weights.gib - overhead.gib;
  if (parts.profile.gpu) {
    return left;
  }
  // vLLM on a CPU gets a whole number of GiB; below 1 there is none.
  return left < 1
    ? left - 1
    : cpuKvCacheSpaceGiB(parts.spec, parts.architecture);
}

function judgeParts(parts: Parts, budget: Budget): Judgement {
  const { spec, profile, weights, layout } = parts;
  const { maxModelLen } = spec.spec.engine;
  const { maxNumBatchedTokens } = batchLimits(spec.spec.engine, profile);
  const overhead = overheadOf(parts);
  const kvCacheGiB = availableGiB(parts, budget, overhead);
  const { blocks, tokens } = kvCapacity(layout, kvCacheGiB * GIB);
  const figures: Judgement = {
    verdict: 'fits',
    summary: '',
    totalGiB: budget.totalGiB,
    requestedGiB: budget.requestedGiB,
    weightsGiB: weights.gib,
    overheadGiB: overhead.gib,
    kvCacheGiB,
    keptFreeGiB: profile.gpu
      ? budget.totalGiB - budget.requestedGiB
      : Math.max(
          0,
          budget.totalGiB -
            weights.gib -
            overhead.gib -
            Math.max(0, kvCacheGiB),
        ),
    kvBytesPerToken: layout.bytesPerToken,
    kvCacheTokens: tokens,
    maxConcurrency: maxConcurrency(
      layout,
      blocks,
      maxModelLen,
      maxNumBatchedTokens,
    ),
    neededForOneRequestGiB:
      kvBytesNeeded(layout, maxModelLen, maxNumBatchedTokens) / GIB,
    weightsSource: weights.source,
  };
  const verdict = verdictOf(parts, figures, overhead);
  return {
    ...figures,
    verdict,
    kvCacheGiB: Math.max(0, kvCacheGiB),
    summary: summarize({ ...figures, verdict }, weights, spec.spec, profile),
  };
}

/** Judges one spec on one profile. */
export function judge(
  asked: ModelDeploymentSpec,
  profile: GpuProfile,
  architecture: ModelArchitecture | undefined,
): Judgement {
  const spec = withResolvedDtype(asked, profile);
  const budget = budgetOf(spec.spec, profile);
  const refused = refusals(architecture, spec.spec, profile);
  const judged = judgeKnown(spec, profile, architecture, budget);
  if (refused.length === 0) {
    return judged;
  }
  return {
    ...judged,
    verdict: 'does-not-fit',
    summary: `vLLM refuses it: ${refused.join('; ')}.`,
  };
}

function judgeKnown(
  spec: ModelDeploymentSpec,
  profile: GpuProfile,
  architecture: ModelArchitecture | undefined,
  budget: Budget,
): Judgement {
  if (!architecture) {
    return unknown(budget, [
      `the architecture of ${spec.spec.model.id} (paste its config.json)`,
    ]);
  }
  const { engine } = spec.spec;
  const cachesFp8 = engine.kvCacheDtype === 'fp8';
  const wide = engine.dtype === 'float32' ? 4 : 2;
  const layout = kvLayout(architecture, {
    tensorParallelSize: engine.tensorParallelSize ?? 1,
    elementBytes: cachesFp8 ? 1 : wide,
  });
  const weights = estimateWeights(architecture, engine);
  if (!layout || !weights) {
    return unknown(budget, [
      ...(weights
        ? []
        : ['the size of the weights (weightsGiB or totalParams)']),
      ...(layout ? [] : ['shapes of its attention layers']),
    ]);
  }
  return judgeParts({ spec, profile, architecture, weights, layout }, budget);
}

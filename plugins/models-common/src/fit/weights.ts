import { GIB } from '../quantities';
import type { ModelArchitecture, ModelDeploymentSpec } from '../spec/types';
import { embeddingParameters, totalParameters } from './parameters';

/** Memory of the weights on one GPU. */
export interface WeightsEstimate {
  gib: number;
  source: string;
  /** While loading, more than afterwards: online fp8 reads the 16-bit weights first. */
  loadingGiB: number;
}

type Engine = ModelDeploymentSpec['spec']['engine'];

/**
 * Bits per weight of a quantized layer with its scales: groups of 128 carry a 16-bit scale and a
 * 4-bit zero; bitsandbytes' double quantization adds 0.127.
 */
const BITS: Record<string, number> = {
  awq: 4 + 20 / 128,
  gptq: 4 + 20 / 128,
  bitsandbytes: 4.127,
  fp8: 8,
};

function layerBits(method: string, bits?: number): number | undefined {
  if (method === 'gptq' && bits === 8) {
    return 8 + 20 / 128;
  }
  return BITS[method];
}

function fromParameters(
  architecture: ModelArchitecture,
  method: string,
  bytesPerNumber: number,
): { gib: number; source: string } | undefined {
  const parameters = totalParameters(architecture);
  if (parameters === undefined) {
    return undefined;
  }
  const billions = `${(parameters / 1e9).toFixed(2)} billion parameters`;
  if (method === 'none') {
    return {
      gib: (parameters * bytesPerNumber) / GIB,
      source: `${billions} × ${bytesPerNumber} bytes`,
    };
  }
  const bits = layerBits(method, architecture.quantBits);
  if (bits === undefined) {
    return undefined;
  }
  const kept = embeddingParameters(architecture);
  return {
    gib: (kept * 2 + ((parameters - kept) * bits) / 8) / GIB,
    source: `${billions}: ${bits.toFixed(
      2,
    )} bits per weight, embeddings in 16 bits`,
  };
}

/** `undefined` when neither a published size nor enough shapes are known. */
export function estimateWeights(
  architecture: ModelArchitecture,
  engine: Engine,
): WeightsEstimate | undefined {
  const gpus = engine.tensorParallelSize ?? 1;
  const bytes = engine.dtype === 'float32' ? 4 : 2;
  const checkpointMethod = architecture.quantMethod;
  const onTheFly = !checkpointMethod && engine.quantization !== 'none';
  const method = checkpointMethod ?? engine.quantization;
  const published = architecture.weightsGiB;
  if (published !== undefined && !onTheFly) {
    const scale = checkpointMethod ? 1 : bytes / 2;
    const gib = (published * scale) / gpus;
    return {
      gib,
      loadingGiB: gib,
      source: 'published size of this checkpoint',
    };
  }
  const computed = fromParameters(architecture, method, bytes);
  if (!computed) {
    return undefined;
  }
  const sixteenBit = fromParameters(architecture, 'none', 2)?.gib ?? 0;
  const gib = computed.gib / gpus;
  return {
    gib,
    loadingGiB:
      onTheFly && method === 'fp8' ? Math.max(gib, sixteenBit / gpus) : gib,
    source: computed.source,
  };
}

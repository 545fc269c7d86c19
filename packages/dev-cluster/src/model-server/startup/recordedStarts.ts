import table from './recorded-starts.json';

/** A GPU as CUDA reports it. */
export interface RecordedGpu {
  name: string;
  aliases: string[];
  totalGiB: number;
  capability: number[];
}

/** What is published about a checkpoint. */
export interface RecordedCheckpoint {
  models: string[];
  quantization?: string;
  architecture: string;
  dtype: string;
  parametersB: number;
  weightsGiB: number;
  kvBytesPerToken: number;
  maxPositionEmbeddings: number;
  source: string;
}

/** A checkpoint's figures and where they come from. */
export interface CheckpointFacts extends RecordedCheckpoint {
  /** False when they were scaled from another checkpoint by its name. */
  recorded: boolean;
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** The GPU of that name or alias. */
export function findGpu(name: string): RecordedGpu | undefined {
  return table.gpus.find(
    gpu => same(gpu.name, name) || gpu.aliases.some(alias => same(alias, name)),
  );
}

/** Memory besides weights and KV cache that starts on this GPU took. */
export function findOverhead(gpu: RecordedGpu) {
  return table.overheads.find(row => row.gpu === gpu.name)!;
}

/** A recorded start of exactly this model on exactly this GPU and budget. */
export function findStart(
  model: string,
  gpu: RecordedGpu,
  gpuMemoryUtilization: number,
) {
  return table.starts.find(
    row =>
      same(row.model, model) &&
      row.gpu === gpu.name &&
      Math.abs(row.gpuMemoryUtilization - gpuMemoryUtilization) < 1e-6,
  );
}

/** Billions of parameters as model names say them: `-7B`, `135M`. */
function sizeFromName(model: string): number | undefined {
  const match = /(?:^|[-_/.])(\d+(?:\.\d+)?)\s?([bm])(?![a-z0-9])/i.exec(model);
  if (!match) {
    return undefined;
  }
  const amount = Number(match[1]);
  return match[2].toLowerCase() === 'm' ? amount / 1000 : amount;
}

/** Quantization as checkpoint names say it. */
function quantizationFromName(model: string): string | undefined {
  const match = /(awq|gptq|fp8|bnb)/i.exec(model.split('/').at(-1) ?? '');
  const word = match?.[1].toLowerCase();
  return word === 'bnb' ? 'bitsandbytes' : word;
}

/**
 * The facts of a checkpoint; for one without a record, those of the nearest
 * recorded one, scaled by the size in its name. `undefined` where the name
 * says no size: nothing is made up.
 */
export function findCheckpoint(model: string): CheckpointFacts | undefined {
  const checkpoints: RecordedCheckpoint[] = table.checkpoints;
  const recorded = checkpoints.find(row =>
    row.models.some(name => same(name, model)),
  );
  if (recorded) {
    return { ...recorded, recorded: true };
  }
  const size = sizeFromName(model);
  if (!size) {
    return undefined;
  }
  const quantization = quantizationFromName(model);
  // GPTQ has no recorded row; AWQ packs its weights alike.
  const kind = quantization === 'gptq' ? 'awq' : quantization;
  const distance = (row: RecordedCheckpoint) =>
    Math.abs(Math.log(row.parametersB / size));
  const [nearest] = checkpoints
    .filter(row => row.quantization === kind)
    .sort((a, b) => distance(a) - distance(b));
  return {
    ...nearest,
    models: [model],
    quantization,
    parametersB: size,
    weightsGiB: (nearest.weightsGiB * size) / nearest.parametersB,
    source: `scaled by size from ${nearest.models[0]}`,
    recorded: false,
  };
}

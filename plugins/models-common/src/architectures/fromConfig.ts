import type { ModelArchitecture } from '../spec/types';
import { architectureSchema } from '../spec/architectureSchema';
import { layerKinds } from './layerKinds';

/** @public */
export type ArchitectureFromConfigResult =
  | { ok: true; architecture: ModelArchitecture }
  | { ok: false; missing: string[]; message: string };

/** A config.json has a few kB. */
const MAX_TEXT = 256 * 1024;

type Config = Record<string, unknown>;

function isObject(value: unknown): value is Config {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function failure(
  message: string,
  missing: string[] = [],
): ArchitectureFromConfigResult {
  return { ok: false, missing, message };
}

function number(config: Config, ...names: string[]): number | undefined {
  for (const name of names) {
    const value = config[name];
    if (typeof value === 'number' && Number.isFinite(value)) {
      return value;
    }
  }
  return undefined;
}

function attentionOf(
  config: Config,
  heads: number,
  kvHeads: number,
): ModelArchitecture['attention'] {
  if (number(config, 'kv_lora_rank') !== undefined) {
    return 'mla';
  }
  if (kvHeads === heads) {
    return 'mha';
  }
  return kvHeads === 1 ? 'mqa' : 'gqa';
}

function quantizationOf(config: Config): Partial<ModelArchitecture> {
  const quantization = config.quantization_config;
  if (!isObject(quantization)) {
    return {};
  }
  const method = quantization.quant_method;
  const bits =
    number(quantization, 'bits', 'w_bit') ??
    (quantization.load_in_4bit === true ? 4 : undefined) ??
    (method === 'fp8' ? 8 : undefined);
  return {
    quantMethod: typeof method === 'string' ? method : 'unknown',
    quantBits: bits,
  };
}

function readConfig(outer: Config): ArchitectureFromConfigResult {
  // Multimodal models keep the language model's shapes one level down.
  const config = isObject(outer.text_config)
    ? { ...outer, ...outer.text_config }
    : outer;
  const layers = number(config, 'num_hidden_layers', 'n_layer', 'num_layers');
  const heads = number(config, 'num_attention_heads', 'n_head');
  const hidden = number(config, 'hidden_size', 'n_embd', 'd_model');
  const vocab = number(config, 'vocab_size');
  const missing = Object.entries({
    num_hidden_layers: layers,
    num_attention_heads: heads,
    hidden_size: hidden,
    vocab_size: vocab,
  })
    .filter(([, value]) => value === undefined)
    .map(([name]) => name);
  if (
    layers === undefined ||
    heads === undefined ||
    hidden === undefined ||
    vocab === undefined
  ) {
    return failure(
      `The config.json lacks ${missing.join(
        ', ',
      )}. Paste the whole file of a text-generation model.`,
      missing,
    );
  }
  const kinds = layerKinds(config, layers);
  if (!kinds.ok) {
    return failure(kinds.message, kinds.missing);
  }
  const kvHeads = number(config, 'num_key_value_heads') ?? heads;
  const tied = config.tie_word_embeddings;
  const candidate: ModelArchitecture = {
    attention: attentionOf(config, heads, kvHeads),
    numHiddenLayers: layers,
    numAttentionHeads: heads,
    numKeyValueHeads: kvHeads,
    headDim: number(config, 'head_dim') ?? Math.floor(hidden / heads),
    hiddenSize: hidden,
    intermediateSize: number(config, 'intermediate_size', 'n_inner'),
    vocabSize: vocab,
    maxPositionEmbeddings: number(config, 'max_position_embeddings'),
    tieWordEmbeddings: typeof tied === 'boolean' ? tied : undefined,
    ...kinds.value,
    globalHeadDim: number(config, 'global_head_dim'),
    globalNumKeyValueHeads: number(config, 'num_global_key_value_heads'),
    kvLoraRank: number(config, 'kv_lora_rank'),
    qkRopeHeadDim: number(config, 'qk_rope_head_dim'),
    numExperts: number(
      config,
      'num_experts',
      'num_local_experts',
      'n_routed_experts',
    ),
    moeIntermediateSize: number(config, 'moe_intermediate_size'),
    linearNumValueHeads: number(config, 'linear_num_value_heads'),
    linearNumKeyHeads: number(config, 'linear_num_key_heads'),
    linearKeyHeadDim: number(config, 'linear_key_head_dim'),
    linearValueHeadDim: number(config, 'linear_value_head_dim'),
    linearConvKernelDim: number(config, 'linear_conv_kernel_dim'),
    ...quantizationOf(config),
  };
  const checked = architectureSchema.safeParse(
    Object.fromEntries(
      Object.entries(candidate).filter(([, value]) => value !== undefined),
    ),
  );
  if (!checked.success) {
    const [issue] = checked.error.issues;
    return failure(
      `The config.json has an impossible value: ${issue.path.join('.')} ${
        issue.message
      }.`,
    );
  }
  return { ok: true, architecture: checked.data };
}

/** Reads a pasted Hugging Face `config.json` (text or parsed). @public */
export function architectureFromConfig(
  config: unknown,
): ArchitectureFromConfigResult {
  let parsed = config;
  if (typeof config === 'string') {
    if (config.length > MAX_TEXT) {
      return failure(
        `The text has ${config.length} characters; a config.json has far fewer than ${MAX_TEXT}.`,
      );
    }
    try {
      parsed = JSON.parse(config);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return failure(`This is not JSON: ${reason}. Paste the whole file.`);
    }
  }
  if (!isObject(parsed)) {
    return failure('A config.json is a JSON object. Paste the whole file.');
  }
  return readConfig(parsed);
}

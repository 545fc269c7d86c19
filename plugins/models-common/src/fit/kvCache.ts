import type { ModelArchitecture } from '../spec/types';

/** vLLM's default block, in tokens. */
const BLOCK = 16;

interface LayerKind {
  kind: 'full' | 'sliding' | 'linear';
  layers: number;
  /** Per layer and token on one GPU; 0 for linear layers. */
  bytesPerToken: number;
  /** Fixed state per request and layer (linear layers only). */
  stateBytes: number;
  /** Tokens of one page of this kind. */
  block: number;
  groups: number;
}

/** How vLLM lays the KV cache out on one GPU. */
export interface KvLayout {
  kinds: LayerKind[];
  /** Bytes that one block takes in the layers of one group. */
  blockBytes: number;
  groups: number;
  smallestBlock: number;
  /** Of all attention layers together. */
  bytesPerToken: number;
  window: number;
}

/** @public */
export interface KvOptions {
  tensorParallelSize: number;
  /** Bytes per cached number: 2, or 1 for fp8. */
  elementBytes: number;
}

function attentionBytes(
  architecture: ModelArchitecture,
  { tensorParallelSize, elementBytes }: KvOptions,
  global: boolean,
): number {
  if (architecture.attention === 'mla') {
    // One latent vector per token; every tensor-parallel rank keeps a whole copy.
    const { kvLoraRank = 0, qkRopeHeadDim = 0 } = architecture;
    return (kvLoraRank + qkRopeHeadDim) * elementBytes;
  }
  const heads = global
    ? architecture.globalNumKeyValueHeads ?? architecture.numKeyValueHeads
    : architecture.numKeyValueHeads;
  const dim = global
    ? architecture.globalHeadDim ?? architecture.headDim
    : architecture.headDim;
  // Fewer KV heads than GPUs: each GPU keeps one, replicated.
  const onThisGpu = Math.max(1, Math.floor(heads / tensorParallelSize));
  return onThisGpu * 2 * dim * elementBytes;
}

/** State of one gated-delta-net layer: convolution window plus recurrent matrix (32 bit). */
function linearStateBytes(
  architecture: ModelArchitecture,
  tensorParallelSize: number,
): number | undefined {
  const {
    linearNumValueHeads: valueHeads,
    linearNumKeyHeads: keyHeads,
    linearKeyHeadDim: keyDim,
    linearValueHeadDim: valueDim,
    linearConvKernelDim: kernel,
  } = architecture;
  if (!valueHeads || !keyHeads || !keyDim || !valueDim || !kernel) {
    return undefined;
  }
  const convolution =
    (2 * keyHeads * keyDim + valueHeads * valueDim) * (kernel - 1) * 2;
  const recurrent = valueHeads * keyDim * valueDim * 4;
  return (convolution + recurrent) / tensorParallelSize;
}

function layerKindsOf(
  architecture: ModelArchitecture,
  options: KvOptions,
): LayerKind[] | undefined {
  const sliding = architecture.slidingAttentionLayers ?? 0;
  const linear = architecture.linearAttentionLayers ?? 0;
  const full =
    architecture.fullAttentionLayers ??
    architecture.numHiddenLayers - sliding - linear;
  const mixed = sliding > 0 || linear > 0;
  const state = linearStateBytes(architecture, options.tensorParallelSize);
  if (
    (linear > 0 && state === undefined) ||
    (sliding > 0 && architecture.slidingWindow === undefined)
  ) {
    return undefined;
  }
  const base = { stateBytes: 0, block: BLOCK, groups: 1 };
  const kinds: LayerKind[] = [
    {
      ...base,
      kind: 'full',
      layers: full,
      bytesPerToken: attentionBytes(architecture, options, mixed),
    },
    {
      ...base,
      kind: 'sliding',
      layers: sliding,
      bytesPerToken: attentionBytes(architecture, options, false),
    },
    {
      ...base,
      kind: 'linear',
      layers: linear,
      bytesPerToken: 0,
      stateBytes: state ?? 0,
    },
  ];
  const present = kinds.filter(({ layers }) => layers > 0);
  return present.length > 0 ? present : undefined;
}

/** All kinds share one page size: kinds with less per token get longer blocks. */
function unifyPages(kinds: LayerKind[]): number | undefined {
  const attention = kinds.filter(({ kind }) => kind !== 'linear');
  const state = Math.max(...kinds.map(({ stateBytes }) => stateBytes));
  const densest = Math.max(...attention.map(kind => kind.bytesPerToken), 0);
  if (densest === 0) {
    return undefined;
  }
  const page =
    densest * BLOCK * Math.max(1, Math.ceil(state / (densest * BLOCK)));
  for (const kind of attention) {
    kind.block = page / kind.bytesPerToken;
    if (!Number.isInteger(kind.block / BLOCK)) {
      return undefined;
    }
  }
  return page;
}

/** Layers of all kinds are cut into groups of one size; they share the pool of blocks. */
function groupSizeOf(kinds: LayerKind[]): number {
  const counts = kinds.map(({ layers }) => layers);
  const least = Math.min(...counts);
  const most = Math.max(...counts);
  return most < 1.5 * least ? most : least;
}

/** `undefined` when the shapes don't say enough. */
export function kvLayout(
  architecture: ModelArchitecture,
  options: KvOptions,
): KvLayout | undefined {
  const kinds = layerKindsOf(architecture, options);
  const page = kinds && unifyPages(kinds);
  if (!kinds || !page) {
    return undefined;
  }
  const groupSize = groupSizeOf(kinds);
  for (const kind of kinds) {
    kind.groups = Math.ceil(kind.layers / groupSize);
  }
  const attention = kinds.filter(({ kind }) => kind !== 'linear');
  return {
    kinds,
    blockBytes: page * groupSize,
    groups: kinds.reduce((sum, { groups }) => sum + groups, 0),
    smallestBlock: Math.min(...attention.map(({ block }) => block)),
    bytesPerToken: attention.reduce(
      (sum, { layers, bytesPerToken }) => sum + layers * bytesPerToken,
      0,
    ),
    window: architecture.slidingWindow ?? 0,
  };
}

function pagesNeeded(
  layout: KvLayout,
  kind: LayerKind,
  length: number,
  batchedTokens: number,
): number {
  switch (kind.kind) {
    case 'linear':
      return 1;
    case 'sliding':
      return (
        Math.ceil(
          Math.min(layout.window - 1 + batchedTokens, length) / kind.block,
        ) + 1
      );
    default:
      return Math.ceil(length / kind.block);
  }
}

/** Bytes of KV cache that one request of that many tokens needs. */
export function kvBytesNeeded(
  layout: KvLayout,
  length: number,
  batchedTokens: number,
): number {
  return layout.kinds.reduce(
    (sum, kind) =>
      sum +
      layout.blockBytes *
        kind.groups *
        pagesNeeded(layout, kind, length, batchedTokens),
    0,
  );
}

/** Tokens that fit, counted as vLLM 0.11 prints "GPU KV cache size". */
export function kvCapacity(
  layout: KvLayout,
  availableBytes: number,
): { blocks: number; tokens: number } {
  const blocks = Math.max(0, Math.floor(availableBytes / layout.blockBytes));
  return {
    blocks,
    tokens: Math.floor(blocks / layout.groups) * layout.smallestBlock,
  };
}

/** Concurrent requests of that length, as vLLM prints "Maximum concurrency". */
export function maxConcurrency(
  layout: KvLayout,
  blocks: number,
  length: number,
  batchedTokens: number,
): number {
  const perRequest = Math.ceil(
    kvBytesNeeded(layout, length, batchedTokens) / layout.blockBytes,
  );
  return blocks / perRequest;
}

import { z } from 'zod';
import { wholeNumber } from './rules';
import type { ModelArchitecture } from './types';

const count = wholeNumber(1, 2 ** 31, 'units');
const layers = wholeNumber(0, 10_000, 'layers').optional();

/** Shapes as the user's pasted config.json gave them; bounds keep the arithmetic exact. */
export const architectureSchema: z.ZodType<ModelArchitecture> = z.strictObject({
  attention: z.enum(['mha', 'gqa', 'mqa', 'mla']),
  numHiddenLayers: wholeNumber(1, 10_000, 'layers'),
  numAttentionHeads: count,
  numKeyValueHeads: count,
  headDim: count,
  hiddenSize: count,
  intermediateSize: count.optional(),
  vocabSize: count,
  maxPositionEmbeddings: count.optional(),
  tieWordEmbeddings: z.boolean().optional(),
  slidingWindow: count.optional(),
  fullAttentionLayers: layers,
  slidingAttentionLayers: layers,
  linearAttentionLayers: layers,
  globalHeadDim: count.optional(),
  globalNumKeyValueHeads: count.optional(),
  kvLoraRank: count.optional(),
  qkRopeHeadDim: count.optional(),
  numExperts: count.optional(),
  moeIntermediateSize: count.optional(),
  totalParams: wholeNumber(1, 1e14, 'parameters').optional(),
  weightsGiB: z.number().positive().max(1e6).optional(),
  linearNumValueHeads: count.optional(),
  linearNumKeyHeads: count.optional(),
  linearKeyHeadDim: count.optional(),
  linearValueHeadDim: count.optional(),
  linearConvKernelDim: count.optional(),
  quantMethod: z.string().max(64).optional(),
  quantBits: wholeNumber(1, 16, 'bits').optional(),
  gated: z.boolean().optional(),
});

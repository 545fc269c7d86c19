import type { ModelArchitecture } from '../spec/types';

/** Parameters of the input embedding and, where not tied, the output head: never quantized. */
export function embeddingParameters(architecture: ModelArchitecture): number {
  const { vocabSize, hiddenSize, tieWordEmbeddings } = architecture;
  return vocabSize * hiddenSize * (tieWordEmbeddings ? 1 : 2);
}

/**
 * Total parameters: the published number, else counted from the shapes of a dense or plain
 * mixture-of-experts transformer. `undefined` for designs whose layers the shapes don't describe.
 */
export function totalParameters(
  architecture: ModelArchitecture,
): number | undefined {
  if (architecture.totalParams !== undefined) {
    return architecture.totalParams;
  }
  const { attention, hiddenSize, headDim, numExperts } = architecture;
  const undescribed =
    attention === 'mla' ||
    (architecture.linearAttentionLayers ?? 0) > 0 ||
    architecture.globalHeadDim !== undefined;
  const width = numExperts
    ? architecture.moeIntermediateSize
    : architecture.intermediateSize;
  if (undescribed || width === undefined) {
    return undefined;
  }
  const { numAttentionHeads, numKeyValueHeads, numHiddenLayers } = architecture;
  const attentionParameters =
    2 * hiddenSize * headDim * (numAttentionHeads + numKeyValueHeads);
  const feedForward =
    3 * hiddenSize * width * (numExperts ?? 1) + hiddenSize * (numExperts ?? 0);
  const norms = 2 * hiddenSize;
  return (
    embeddingParameters(architecture) +
    numHiddenLayers * (attentionParameters + feedForward + norms) +
    hiddenSize
  );
}

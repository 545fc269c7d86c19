import {
  standardTransformers,
  standardTransformersRegistry,
  type DataTransformerInfo,
} from '@grafana/data';

/** Grafana's own, and what they were once called. */
const TRANSFORMERS: ReadonlyMap<string, DataTransformerInfo> = new Map(
  Object.values(standardTransformers)
    .map((info): [string, DataTransformerInfo] => [info.id, info])
    .concat([['seriesToColumns', standardTransformers.joinByFieldTransformer]]),
);

/** Ids of the transformations that the portal computes. */
export const TRANSFORMATION_IDS: readonly string[] = [
  ...TRANSFORMERS.keys(),
].sort();

standardTransformersRegistry.setInit(() =>
  [...TRANSFORMERS].map(([id, transformation]) => ({
    id,
    name: transformation.name,
    transformation,
    // Grafana's editor shows these; here nothing is edited.
    editor: () => null,
    imageDark: '',
    imageLight: '',
  })),
);

export function isKnownTransformation(id: string): boolean {
  return TRANSFORMERS.has(id);
}

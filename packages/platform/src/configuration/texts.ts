import type { RenderedObject } from '../rendered';

/**
 * A file in a generated ConfigMap, whose name ends in a hash; undefined where
 * the overlay has none.
 */
export function configurationText(
  objects: RenderedObject[],
  configMap: string,
  file: string,
): string | undefined {
  const found = objects.find(
    ({ kind, metadata }) =>
      kind === 'ConfigMap' &&
      (metadata.name === configMap ||
        metadata.name.replace(/-[a-z0-9]{10}$/, '') === configMap),
  );
  return (found?.data as Record<string, string> | undefined)?.[file];
}

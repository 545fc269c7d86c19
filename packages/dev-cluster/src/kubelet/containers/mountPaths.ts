/** A path inside the container, and where it really is. @public */
export interface Mount {
  mountPath: string;
  hostPath: string;
}

/**
 * Rewrites the container's mount paths in a text to where they really are,
 * since a process has no mount namespace of its own. A path counts where it
 * stands alone or as the beginning of a longer one.
 *
 * @public
 */
export function rewriteMountPaths(
  text: string,
  mounts: readonly Mount[],
): string {
  if (mounts.length === 0) {
    return text;
  }
  const byPath = new Map(
    mounts.map(mount => [trimSlash(mount.mountPath), mount.hostPath]),
  );
  // The longest first: /a/b before /a.
  const alternatives = [...byPath.keys()]
    .sort((a, b) => b.length - a.length)
    .map(path => path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|');
  const pattern = new RegExp(
    `(^|[\\s=:,;"'(\\[]|file://)(${alternatives})(?=$|[\\s/:,;"')\\]])`,
    'g',
  );
  return text.replace(
    pattern,
    (_whole, before: string, path: string) =>
      `${before}${byPath.get(path) ?? path}`,
  );
}

function trimSlash(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, '') : path;
}

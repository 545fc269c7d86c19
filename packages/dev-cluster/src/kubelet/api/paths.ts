/** Path of a namespaced object of the core group. @public */
export function corePath(
  resource: string,
  namespace?: string,
  name?: string,
): string {
  return resourcePath('/api/v1', resource, namespace, name);
}

/** Path of an object of a named group. @public */
export function groupPath(
  groupVersion: string,
  resource: string,
  namespace?: string,
  name?: string,
): string {
  return resourcePath(`/apis/${groupVersion}`, resource, namespace, name);
}

function resourcePath(
  base: string,
  resource: string,
  namespace?: string,
  name?: string,
): string {
  const scope = namespace === undefined ? '' : `/namespaces/${namespace}`;
  const object = name === undefined ? '' : `/${name}`;
  return `${base}${scope}/${resource}${object}`;
}

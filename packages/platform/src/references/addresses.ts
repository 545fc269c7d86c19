import { RenderedObject, nameOf, valueAt } from '../rendered';
import type { OutsideObject } from './outside';
import type { Problem } from './problem';

/** `http://NAME.NAMESPACE.svc…:PORT`, wherever a text has one. */
const ADDRESS =
  /\b(?:(https?|grpc|redis|otlp):\/\/)?([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\.cluster\.local)?(?::(\d+))?(?![\w.-])/g;

/**
 * Every address of a Service in the manifests names a port that this Service
 * has (incident 26): in the environment and arguments of containers and in
 * ConfigMaps.
 */
export function checkAddresses(
  objects: RenderedObject[],
  outside: OutsideObject[],
): Problem[] {
  return objects.flatMap(object =>
    textsOf(object).flatMap(text =>
      [...text.matchAll(ADDRESS)].flatMap(
        ([address, scheme, name, namespace, written]) => {
          const port = written ?? (scheme === 'https' ? '443' : undefined);
          const declared =
            isApiServer(name, namespace) ||
            outside.some(
              entry =>
                entry.kind === 'Service' &&
                entry.name === name &&
                entry.namespace === namespace,
            );
          const service = objects.find(
            ({ kind, metadata }) =>
              kind === 'Service' &&
              metadata.name === name &&
              metadata.namespace === namespace,
          );
          const problem = (message: string) => [
            { at: nameOf(object), message },
          ];
          if (port === undefined) {
            // Without a scheme it may be a host that gets its port elsewhere.
            return scheme === undefined
              ? []
              : problem(
                  `the address ${address} has no port, so it means 80: write the port of the Service ${namespace}/${name} behind it`,
                );
          }
          if (declared) {
            return [];
          }
          const ports = (valueAt(service, 'spec', 'ports') ?? []) as Array<{
            port: number;
          }>;
          if (!service) {
            return problem(
              `the address ${address} means the Service ${namespace}/${name}, which nobody makes`,
            );
          }
          return ports.some(known => known.port === Number(port))
            ? []
            : problem(
                `the address ${address} asks for port ${port}, but the Service ${namespace}/${name} has ${ports
                  .map(known => known.port)
                  .join(', ')}`,
              );
        },
      ),
    ),
  );
}

/** The one Service that every cluster has. */
function isApiServer(name: string, namespace: string): boolean {
  return name === 'kubernetes' && namespace === 'default';
}

/** All texts in an object that a program will read. */
function textsOf(object: RenderedObject): string[] {
  return object.kind === 'ConfigMap'
    ? Object.values((object.data as Record<string, string> | undefined) ?? {})
    : strings(object.spec);
}

function strings(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(strings)
    : [];
}

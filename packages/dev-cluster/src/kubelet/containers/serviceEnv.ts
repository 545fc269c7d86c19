import { V1Service } from '@kubernetes/client-node';

/**
 * The variables that each Service of its namespace puts into a container
 * (`enableServiceLinks`). A Service named `vllm` makes `VLLM_PORT`, which has
 * brought real vLLM servers down: hence they are here too.
 *
 * @public
 */
export function serviceEnv(
  services: readonly V1Service[],
): Record<string, string> {
  const env: Record<string, string> = {};
  for (const service of services) {
    const name = service.metadata?.name;
    const ip = service.spec?.clusterIP;
    const ports = service.spec?.ports ?? [];
    if (!name || !ip || ip === 'None' || ports.length === 0) {
      continue;
    }
    const prefix = name.toUpperCase().replace(/-/g, '_');
    env[`${prefix}_SERVICE_HOST`] = ip;
    env[`${prefix}_SERVICE_PORT`] = String(ports[0].port);
    for (const port of ports) {
      const protocol = port.protocol ?? 'TCP';
      const url = `${protocol.toLowerCase()}://${ip}:${port.port}`;
      if (port.name) {
        const suffix = port.name.toUpperCase().replace(/-/g, '_');
        env[`${prefix}_SERVICE_PORT_${suffix}`] = String(port.port);
      }
      const base = `${prefix}_PORT_${port.port}_${protocol}`;
      env[`${prefix}_PORT`] ??= url;
      env[base] = url;
      env[`${base}_PROTO`] = protocol.toLowerCase();
      env[`${base}_PORT`] = String(port.port);
      env[`${base}_ADDR`] = ip;
    }
  }
  return env;
}

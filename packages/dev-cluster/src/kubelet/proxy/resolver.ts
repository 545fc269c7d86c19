import {
  V1EndpointSlice,
  V1Pod,
  V1Service,
  V1ServicePort,
} from '@kubernetes/client-node';
import { bindAddress, isPodAddress } from '../pods/addresses';

/** Where a connection really goes. @public */
export interface Target {
  host: string;
  port: number;
}

/** An address that leads nowhere; the message says why. @public */
export class UnresolvedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnresolvedError';
  }
}

/** What the cluster knows about names and addresses. @public */
export interface ClusterView {
  services(): readonly V1Service[];
  service(namespace: string, name: string): V1Service | undefined;
  /** The slices of one Service. */
  slices(namespace: string, name: string): readonly V1EndpointSlice[];
  pods(): readonly V1Pod[];
}

/** @public */
export interface ResolverOptions {
  view: ClusterView;
  instance: number;
  clusterDomain: string;
  apiserver: Target;
  random?(): number;
}

/** @public */
export interface Resolver {
  /** Throws {@link UnresolvedError}. */
  resolve(host: string, port: number): Target;
  /** A ready endpoint of a Service's port. */
  endpoint(service: V1Service, port: V1ServicePort): Target;
}

/**
 * Maps pod addresses, cluster addresses and Service names to the processes
 * behind them: the cluster's DNS and kube-proxy in one.
 *
 * @public
 */
export function createResolver(options: ResolverOptions): Resolver {
  const { view, instance, clusterDomain } = options;
  const random = options.random ?? Math.random;

  const podTarget = (address: string, port: number): Target => {
    if (isPodAddress(address)) {
      return { host: bindAddress(address, instance), port };
    }
    throw new UnresolvedError(
      `${address} is not the address of a pod with a process of its own`,
    );
  };

  const readyEndpoints = (service: V1Service, portName: string) => {
    const { namespace = '', name = '' } = service.metadata ?? {};
    return view.slices(namespace, name).flatMap(slice => {
      const port = (slice.ports ?? []).find(
        p => (p.name ?? '') === portName,
      )?.port;
      return (slice.endpoints ?? [])
        .filter(endpoint => endpoint.conditions?.ready !== false)
        .flatMap(endpoint =>
          endpoint.addresses.map(address => ({
            address,
            port,
            hostname: endpoint.hostname,
          })),
        );
    });
  };

  const choose = <T>(items: T[]): T | undefined =>
    items[Math.floor(random() * items.length)];

  const endpoint = (service: V1Service, port: V1ServicePort): Target => {
    const chosen = choose(readyEndpoints(service, port.name ?? ''));
    if (!chosen || chosen.port === undefined) {
      const { namespace, name } = service.metadata ?? {};
      throw new UnresolvedError(
        `Service ${namespace}/${name} has no ready endpoint`,
      );
    }
    return podTarget(chosen.address, chosen.port);
  };

  const servicePort = (service: V1Service, port: number): V1ServicePort => {
    const found = service.spec?.ports?.find(p => p.port === port);
    if (!found) {
      const { namespace, name } = service.metadata ?? {};
      const ports = (service.spec?.ports ?? []).map(p => p.port).join(', ');
      throw new UnresolvedError(
        `Service ${namespace}/${name} has no port ${port}, only ${ports}`,
      );
    }
    return found;
  };

  const isApiserver = (service: V1Service) =>
    service.metadata?.namespace === 'default' &&
    service.metadata.name === 'kubernetes';

  const toService = (service: V1Service, port: number): Target => {
    if (isApiserver(service)) {
      return options.apiserver;
    }
    if (service.spec?.type === 'ExternalName') {
      throw new UnresolvedError(
        `Service ${service.metadata?.namespace}/${service.metadata?.name} names an external host: not supported here`,
      );
    }
    return endpoint(service, servicePort(service, port));
  };

  /** A headless name is a pod's address: its port is the pod's own. */
  const headless = (service: V1Service, port: number, host?: string) => {
    const endpoints = (service.spec?.ports ?? [])
      .flatMap(p => readyEndpoints(service, p.name ?? ''))
      .filter(e => host === undefined || e.hostname === host);
    const chosen = choose(endpoints);
    if (!chosen) {
      const { namespace, name } = service.metadata ?? {};
      throw new UnresolvedError(
        `Service ${namespace}/${name} has no ready endpoint`,
      );
    }
    return podTarget(chosen.address, port);
  };

  const named = (labels: string[], port: number): Target => {
    const [namespace, name, pod] = [...labels].reverse();
    const service = view.service(namespace, name);
    if (!service) {
      throw new UnresolvedError(`there is no Service ${namespace}/${name}`);
    }
    if (pod !== undefined || service.spec?.clusterIP === 'None') {
      return headless(service, port, pod);
    }
    return toService(service, port);
  };

  return {
    endpoint,
    resolve(rawHost, port) {
      const host = rawHost.toLowerCase().replace(/\.$/, '');
      if (isPodAddress(host)) {
        return podTarget(host, port);
      }
      if (/^[\d.]+$/.test(host)) {
        const service = view.services().find(s => s.spec?.clusterIP === host);
        if (service) {
          return toService(service, port);
        }
        const pod = view.pods().find(p => p.status?.podIP === host);
        throw new UnresolvedError(
          pod
            ? `${host} is a node's address: pods of the host network have no process of their own address`
            : `${host} is not an address of this cluster`,
        );
      }
      const labels = host.split('.');
      const suffixes = [['svc', ...clusterDomain.split('.')], ['svc']];
      for (const suffix of suffixes) {
        const rest = labels.slice(0, -suffix.length);
        const end = labels.slice(-suffix.length);
        if (
          end.join('.') === suffix.join('.') &&
          rest.length >= 2 &&
          rest.length <= 3
        ) {
          return named(rest, port);
        }
      }
      if (labels.length === 2 && view.service(labels[1], labels[0])) {
        return named(labels, port);
      }
      throw new UnresolvedError(
        `${host} is not a name of this cluster: use NAME.NAMESPACE.svc.${clusterDomain}`,
      );
    },
  };
}

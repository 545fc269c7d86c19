import net from 'node:net';
import { pipeline } from 'node:stream';
import { V1Service, V1ServicePort } from '@kubernetes/client-node';
import { Store } from '../api';
import { errorMessage } from '../errors';
import { EventRecorder } from '../events';
import { Resolver } from './resolver';

/** @public */
export interface NodePortsOptions {
  services: Store<V1Service>;
  resolver: Resolver;
  /** Address to listen on. */
  address: string;
  events: EventRecorder;
  logger(line: string): void;
}

interface Listener {
  server: net.Server;
  namespace: string;
  name: string;
  port: V1ServicePort;
  retry?: NodeJS.Timeout;
}

const RETRY_MS = 10_000;

/**
 * Listens on the node port of every Service that has one, and passes each
 * connection on to a ready endpoint.
 *
 * @public
 */
export function startNodePorts(options: NodePortsOptions): {
  stop(): Promise<void>;
} {
  const { services, resolver, address, events, logger } = options;
  const listeners = new Map<number, Listener>();
  const sockets = new Set<net.Socket>();

  const serve = (client: net.Socket, entry: Listener) => {
    client.on('error', () => client.destroy());
    const service = services.get(entry.name, entry.namespace);
    let upstream: net.Socket;
    try {
      if (!service) {
        throw new Error('the Service has gone');
      }
      upstream = net.connect(resolver.endpoint(service, entry.port));
    } catch {
      // What a client sees of a Service without ready endpoints.
      client.resetAndDestroy();
      return;
    }
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.once('close', () => sockets.delete(socket));
    }
    upstream.once('error', () => client.destroy());
    pipeline(client, upstream, () => upstream.destroy());
    pipeline(upstream, client, () => client.destroy());
  };

  const open = (service: V1Service, port: V1ServicePort, nodePort: number) => {
    const { namespace = '', name = '', uid } = service.metadata ?? {};
    const entry: Listener = {
      server: net.createServer({ allowHalfOpen: true }, client =>
        serve(client, entry),
      ),
      namespace,
      name,
      port,
    };
    entry.server.on('error', error => {
      const message = `can't listen on ${address}:${nodePort}: ${errorMessage(
        error,
      )}`;
      logger(`Service ${namespace}/${name}: ${message}`);
      events.record(
        { apiVersion: 'v1', kind: 'Service', namespace, name, uid },
        'Warning',
        'FailedToListen',
        message,
        { component: 'kube-proxy' },
      );
      // Whoever has the port may let it go.
      entry.retry = setTimeout(() => {
        entry.server.listen(nodePort, address);
      }, RETRY_MS);
    });
    entry.server.listen(nodePort, address);
    listeners.set(nodePort, entry);
  };

  const apply = () => {
    const wanted = new Map<number, [V1Service, V1ServicePort]>();
    for (const service of services.list()) {
      for (const port of service.spec?.ports ?? []) {
        if (port.nodePort && (port.protocol ?? 'TCP') === 'TCP') {
          wanted.set(port.nodePort, [service, port]);
        }
      }
    }
    for (const [nodePort, entry] of listeners) {
      const now = wanted.get(nodePort);
      if (
        now?.[0].metadata?.namespace === entry.namespace &&
        now[0].metadata.name === entry.name
      ) {
        [, entry.port] = now;
      } else {
        clearTimeout(entry.retry);
        entry.server.close();
        listeners.delete(nodePort);
      }
    }
    for (const [nodePort, [service, port]] of wanted) {
      if (!listeners.has(nodePort)) {
        open(service, port, nodePort);
      }
    }
  };
  services.onChange(apply);
  apply();

  return {
    async stop() {
      sockets.forEach(socket => socket.destroy());
      await Promise.all(
        [...listeners.values()].map(
          entry =>
            new Promise<void>(done => {
              clearTimeout(entry.retry);
              entry.server.close(() => done());
            }),
        ),
      );
      listeners.clear();
    },
  };
}

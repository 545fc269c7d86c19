import { createHash } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger } from '@llm-platform/service-kit';
import type {
  ApplicationKeyRecord,
  CredentialSink,
  CredentialSource,
} from '../credentials';
import { createGateway, type Gateway, type GatewayOptions } from '../gateway';
import type { Route, RouteSink, RouteSource } from '../routes';

/** A source whose content the test pushes. */
export class PushedRoutes implements RouteSource {
  sink: RouteSink | undefined;

  start(sink: RouteSink) {
    this.sink = sink;
  }

  async stop() {}
}

/** A source whose content the test pushes. */
export class PushedCredentials implements CredentialSource {
  sink: CredentialSink | undefined;

  start(sink: CredentialSink) {
    this.sink = sink;
  }

  async stop() {}
}

export const QUANT_KEY = 'sk-llmp-quant-key-of-this-test';

export function keyRecord(
  key: string,
  over: Partial<ApplicationKeyRecord> = {},
): ApplicationKeyRecord {
  return {
    id: 'k1',
    hash: createHash('sha256').update(key).digest('hex'),
    team: 'quant',
    models: ['*'],
    ...over,
  };
}

export function routeTo(
  origins: string | string[],
  over: Partial<Route> = {},
): Route {
  const endpoints = [origins].flat().map(origin => ({ origin }));
  const name = over.name ?? 'smol';
  return {
    kind: 'model',
    name,
    servedName: name,
    team: 'quant',
    namespace: 'quant',
    service: name,
    created: 1_700_000_000,
    state: endpoints.length > 0 ? 'ready' : 'starting',
    endpoints,
    ...over,
  };
}

/** A gateway on a loopback port with pushed routes and credentials. */
export class TestGateway {
  readonly logLines: string[] = [];
  private constructor(
    readonly gateway: Gateway,
    readonly routes: PushedRoutes,
    readonly credentials: PushedCredentials,
    lines: string[],
  ) {
    this.logLines = lines;
  }

  static async start(
    options: Partial<GatewayOptions> = {},
  ): Promise<TestGateway> {
    const lines: string[] = [];
    const routes = new PushedRoutes();
    const credentials = new PushedCredentials();
    const gateway = createGateway({
      routes,
      credentials,
      logger: createLogger({
        service: 'gateway',
        level: 'debug',
        destination: { write: line => lines.push(line) },
      }),
      ...options,
    });
    await gateway.app.listen({ host: '127.0.0.1', port: 0 });
    const test = new TestGateway(gateway, routes, credentials, lines);
    test.setKeys([keyRecord(QUANT_KEY)]);
    credentials.sink?.onSigningKeys([]);
    return test;
  }

  get url(): string {
    const { port } = this.gateway.app.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  setRoutes(routes: Route[]): void {
    this.routes.sink?.onRoutes(routes);
  }

  setKeys(records: ApplicationKeyRecord[]): void {
    this.credentials.sink?.onApplicationKeys(records);
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      headers: { authorization: `Bearer ${QUANT_KEY}`, ...headers },
    });
  }

  /** A chat request with this body, as text or as an object. */
  chat(
    body: unknown,
    init: { headers?: Record<string, string> } = {},
  ): Promise<Response> {
    return fetch(`${this.url}/v1/chat/completions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${QUANT_KEY}`,
        'content-type': 'application/json',
        ...init.headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  /** A chat request on a socket of its own, to leave or to stop reading. */
  rawChat(body: unknown): {
    request: http.ClientRequest;
    response: Promise<http.IncomingMessage>;
  } {
    const request = http.request(`${this.url}/v1/chat/completions`, {
      method: 'POST',
      agent: false,
      headers: {
        authorization: `Bearer ${QUANT_KEY}`,
        'content-type': 'application/json',
      },
    });
    const response = new Promise<http.IncomingMessage>((resolve, reject) => {
      request.once('response', resolve);
      request.once('error', reject);
    });
    request.end(JSON.stringify(body));
    return { request, response };
  }

  async metrics(): Promise<string> {
    return (await this.gateway.metricsApp.inject('/metrics')).body;
  }

  async metric(line: RegExp): Promise<string | undefined> {
    return (await this.metrics())
      .split('\n')
      .find(candidate => line.test(candidate));
  }

  async stop(): Promise<void> {
    await this.gateway.app.close();
  }
}

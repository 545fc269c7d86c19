import type { IncomingHttpHeaders } from 'node:http';
import {
  ServiceError,
  type Health,
  type RequestFacts,
} from '@llm-platform/service-kit';
import {
  authenticate,
  type ApplicationKeys,
  type Credential,
  type PortalTokens,
} from '../credentials';
import type { GatewayMetrics } from '../telemetry/metrics';
import type { Visit } from './Call';

/** @public */
export interface EntranceParts {
  health: Health;
  keys: ApplicationKeys;
  tokens: PortalTokens;
  metrics: GatewayMetrics;
  /** The clock that credentials expire by. */
  now: () => number;
}

interface Request {
  readonly facts: RequestFacts;
  readonly headers: IncomingHttpHeaders;
}

function welcome({ facts }: Request, credential: Credential): Visit {
  facts.team = credential.team;
  facts.credential = `${credential.kind}/${credential.id}`;
  facts.subject = credential.subject;
  return { credential };
}

/** Lets requests in with whose they are, and counts them when they are over. @public */
export class Entrance {
  constructor(private readonly parts: EntranceParts) {}

  /** Throws a 401, or a 503 while routes and keys were not read yet. */
  enter(request: Request): Visit | Promise<Visit> {
    const { health, keys, tokens, now } = this.parts;
    if (!health.started) {
      throw new ServiceError(
        'not_ready',
        'The gateway is starting and has not read its routes and keys yet.',
        { headers: { 'retry-after': '2' } },
      );
    }
    const credential = authenticate(request.headers, { keys, tokens }, now());
    return credential instanceof Promise
      ? credential.then(late => welcome(request, late))
      : welcome(request, credential);
  }

  /**
   * `visit` is undefined for one that was not let in, `status` where nothing
   * was answered, and `path` a pattern of this program.
   */
  leave(done: {
    request: { readonly facts: RequestFacts; readonly startedAt: number };
    visit: Visit | undefined;
    path: string;
    status: number | undefined;
  }): void {
    const { metrics } = this.parts;
    const { request, visit, path, status } = done;
    const team = visit?.credential.team ?? '';
    const model = visit?.routeName ?? '';
    metrics.requests
      .of(
        team,
        model,
        path,
        // 499 as nginx has it: the client left before there was a status.
        status === undefined ? '499' : `${status}`,
      )
      .inc();
    metrics.duration
      .of(model, path, team)
      .observe((performance.now() - request.startedAt) / 1000);
    if (request.facts.error !== undefined) {
      metrics.rejections.of(`${request.facts.error}`, team).inc();
    }
  }
}

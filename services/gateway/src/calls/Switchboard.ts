import { ServiceError } from '@llm-platform/service-kit';
import { accessOf, type Credential } from '../credentials';
import type { Admission } from '../limits';
import { qualifiedName, type Route, type RouteTable } from '../routes';
import type { GatewayMetrics } from '../telemetry/metrics';
import {
  upstreamHeaders,
  type Forwarder,
  type ForwardResult,
} from '../upstream';
import type { Call, Order } from './Call';
import type { RoutingMetrics } from './RoutingMetrics';
import { beginSpan, spanEndOf } from './modelSpan';
import { usedOf } from './usedOf';

const FALLBACK_HEADER = 'x-llm-platform-fallback';
const SESSION_HEADER = 'x-session-id';
const LONGEST_SESSION = 256;

/** @public */
export interface SwitchboardParts {
  table: RouteTable;
  forwarder: Forwarder;
  admission: Admission;
  metrics: GatewayMetrics;
  routing: RoutingMetrics;
}

function affinityKey(
  call: Call,
  order: Order,
  route: Route,
): string | undefined {
  if (route.affinity === 'session') {
    const session = call.headers[SESSION_HEADER];
    return typeof session === 'string'
      ? session.slice(0, LONGEST_SESSION)
      : undefined;
  }
  return route.affinity === 'prefix' ? order.prefix : undefined;
}

/** The same error with the headers that every answer to the request has. */
function withHeaders(
  error: ServiceError,
  headers: Readonly<Record<string, string>>,
): ServiceError {
  return new ServiceError(error.code, error.message, {
    ...(error.param !== undefined && { param: error.param }),
    type: error.type,
    headers: { ...headers, ...error.headers },
    cause: error.cause,
  });
}

/**
 * Passes a request on that is known and allowed: reserves, forwards, settles,
 * counts, and takes the fallback where the route can't answer.
 *
 * @public
 */
export class Switchboard {
  constructor(private readonly parts: SwitchboardParts) {}

  /** Throws where the client is still to be told of an error. */
  async connect(
    call: Call,
    credential: Credential,
    order: Order,
  ): Promise<void> {
    const { route } = order;
    const other = this.fallbackOf(route, credential);
    let result: ForwardResult | undefined;
    if (route.endpoints.length > 0) {
      result = await this.passTo(route, call, credential, order, {});
      if (result.outcome !== 'unreachable' || !other) {
        this.conclude(call, credential, route, result);
        return;
      }
      this.countFailure(credential, route, result);
    } else if (!other) {
      throw order.noEndpoint(route);
    }
    call.facts.fallback = other.name;
    this.parts.routing.fallbacks
      .labels(qualifiedName(route), qualifiedName(other))
      .inc();
    result = await this.passTo(other, call, credential, order, {
      [FALLBACK_HEADER]: other.name,
    });
    this.conclude(call, credential, other, result);
  }

  /** The route's fallback if it has ready endpoints and the credential may use it. */
  private fallbackOf(route: Route, credential: Credential): Route | undefined {
    if (route.fallback === undefined) {
      return undefined;
    }
    const other = this.parts.table.get(route.kind, route.fallback);
    return other &&
      other !== route &&
      other.endpoints.length > 0 &&
      accessOf(credential, other) === 'allowed'
      ? other
      : undefined;
  }

  private async passTo(
    route: Route,
    call: Call,
    credential: Credential,
    order: Order,
    headers: Record<string, string>,
  ): Promise<ForwardResult> {
    const { table, forwarder, admission, metrics } = this.parts;
    const name = qualifiedName(route);
    const admitted = admission.admit({
      credential,
      model: name,
      promptBytes: order.promptBytes,
      maxTokens: order.maxTokens,
      answers: order.answers,
    });
    const reservation = 'then' in admitted ? await admitted : admitted;
    const answerHeaders = { ...reservation.headers, ...headers };
    const span = beginSpan(call, route, order);
    const inFlight = metrics.inFlight.of(name, credential.team);
    inFlight.inc();
    let result: ForwardResult | undefined;
    try {
      result = await forwarder.forward({
        endpoints: () => table.current(route)?.endpoints ?? [],
        label: name,
        method: order.method,
        path: order.path,
        headers: upstreamHeaders(
          call.headers,
          call.id,
          span?.traceparent ?? call.trace.traceparent,
          order.promptBytes > 0,
        ),
        body: order.bodyFor(route),
        response: call.response,
        requestId: call.id,
        dialect: order.dialect,
        expectsDone: order.expectsDone,
        hidesUsage: order.hidesUsage,
        answerHeaders,
        affinityKey: affinityKey(call, order, route),
        startedAt: call.startedAt,
        takeOver: () => call.takeOver(),
      });
    } finally {
      inFlight.dec();
      // Without a result forwarding itself failed, before anything was sent.
      reservation.settle(result ? usedOf(result) : 'nothing');
      span?.end(spanEndOf(route, result));
    }
    if (result.usage) {
      call.facts.prompt_tokens = result.usage.promptTokens;
      call.facts.completion_tokens = result.usage.completionTokens;
      metrics.countTokens(credential, name, result.usage);
    }
    return result.error
      ? { ...result, error: withHeaders(result.error, answerHeaders) }
      : result;
  }

  /** Records how it ended, and throws what the client is still to be told. */
  private conclude(
    call: Call,
    credential: Credential,
    route: Route,
    result: ForwardResult,
  ): void {
    const { metrics } = this.parts;
    const { facts } = call;
    const name = qualifiedName(route);
    facts.outcome = result.outcome;
    facts.attempts = result.attempts;
    if (result.firstByteMs !== undefined) {
      facts.first_byte_ms = Math.round(result.firstByteMs * 10) / 10;
    }
    metrics.observeAnswer(
      credential.team,
      name,
      result,
      performance.now() - call.startedAt,
    );
    this.countFailure(credential, route, result);
    if (result.error) {
      throw result.error;
    }
  }

  private countFailure(
    credential: Credential,
    route: Route,
    result: ForwardResult,
  ): void {
    const code =
      result.outcome === 'interrupted' ? 'interrupted' : result.error?.code;
    if (code !== undefined) {
      this.parts.metrics.upstreamFailures
        .of(qualifiedName(route), code, credential.team)
        .inc();
    }
  }
}

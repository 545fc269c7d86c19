import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { RequestFacts, RequestTrace } from '@llm-platform/service-kit';
import type { Credential } from '../credentials';
import type { Route } from '../routes';
import type { Dialect } from '../upstream';

/** A request to the gateway, whichever part of its server took it. @public */
export interface Call {
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly trace: RequestTrace;
  readonly facts: RequestFacts;
  readonly response: ServerResponse;
  /** On `performance.now()`'s clock. */
  readonly startedAt: number;
  /** Called right before the response is written to. */
  takeOver(): void;
}

/** What is to be passed on, and how. @public */
export interface Order {
  /** The route that was asked for; the credential may use it. */
  route: Route;
  /** Bytes of the body as it came. */
  promptBytes: number;
  /** Completion tokens that the body allows, undefined where it doesn't say. */
  maxTokens: number | undefined;
  /** How many answers the body asks for; one if left out. */
  answers?: number;
  /** The bytes for a route, which may be another one than was asked for. */
  bodyFor(route: Route): Buffer;
  method: 'GET' | 'POST' | 'DELETE';
  /** Path at the upstream. */
  path: string;
  dialect: Dialect;
  expectsDone: boolean;
  hidesUsage: boolean;
  /** The beginning of the prompt, for a route with prefix affinity. */
  prefix: string | undefined;
  /** Why a route without ready endpoints can't answer. */
  noEndpoint(route: Route): Error;
}

/** What is known of a caller, and of what it asks for once that is known. @public */
export interface Visit {
  credential: Credential;
  /** Qualified name of the route, fit to be a label. */
  routeName?: string;
}

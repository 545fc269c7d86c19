import type { ErrorCode, ServiceError } from '@llm-platform/service-kit';

/** How one of the gateway's two surfaces speaks of its upstreams. @public */
export interface Dialect {
  /** What an upstream is called in messages. */
  noun: 'model' | 'service';
  /** The code for one that took a request and broke off. */
  failed: ErrorCode;
  /** Whether its upstreams end an answer with the tokens that it took. */
  tellsUsage: boolean;
  /** The body of an error. */
  toBody(error: ServiceError, requestId: string): unknown;
}

import type { Credential } from '../credentials';
import type { Usage } from '../upstream';

/** What is known of a request before it goes to a model. @public */
export interface AdmissionRequest {
  credential: Credential;
  /** Name of the route, as prices know it. */
  model: string;
  /** Bytes of the request's body: the prompt and some JSON around it. */
  promptBytes: number;
  /**
   * Completion tokens that the body allows, all choices together; 0 where the
   * answer has none (embeddings). Undefined where the body doesn't say.
   */
  maxTokens?: number;
  /** How many answers the body asks for; it matters where it doesn't say how long they may be. */
  answers?: number;
}

/** An admitted request's claim on the limits that apply to it. @public */
export interface Reservation {
  /** OpenAI's `x-ratelimit-*` for the answer; empty where no limit applies. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * Exactly once, whatever became of the request; a further call does nothing.
   * Usage: the reservation becomes what was really used. `undefined`: nothing
   * is known and the model may have worked: the reservation stands.
   * `'nothing'`: the model never saw the request: all is given back.
   */
  settle(used: Usage | undefined | 'nothing'): void;
}

/** Decides whether a request may go to a model now. @public */
export interface Admission {
  /**
   * Throws, or rejects with, a ServiceError: `rate_limit_exceeded` or
   * `insufficient_quota` (429, with `retry-after` and `x-ratelimit-*`), or
   * `limits_unavailable` (503). It answers without a promise where the
   * counters are in this process.
   */
  admit(request: AdmissionRequest): Reservation | Promise<Reservation>;
  close(): Promise<void>;
}

import type { ModelCall, ModelCallStart } from '../telemetry';

/** How an answer is to be generated; what is left out is the model's own default. @public */
export interface ModelParameters {
  /** Most tokens of the answer. */
  max_tokens?: number | undefined;
  temperature?: number | undefined;
  top_p?: number | undefined;
  top_k?: number | undefined;
  min_p?: number | undefined;
  /** The answer ends before any of these. */
  stop?: string[] | undefined;
  seed?: number | undefined;
  presence_penalty?: number | undefined;
  frequency_penalty?: number | undefined;
  repetition_penalty?: number | undefined;
}

/** @public */
export interface ModelPayload {
  inputs: string;
  parameters: ModelParameters;
}

/** @public */
export interface InvokeOptions {
  /** Goes on to the model, so that its log lines can be found: the request id. */
  correlationId: string;
  /** Which of the backend's models, adapters or production variants; its default where left out. */
  variant?: string | undefined;
  /** Cancels the call, in the backend too. */
  signal?: AbortSignal | undefined;
  /** The trace that the call belongs to. */
  trace?: { modelCall(start: ModelCallStart): ModelCall } | undefined;
}

/** @public */
export interface ModelAnswer {
  generatedText: string;
  /** What the backend calls the model that answered. */
  modelVersion: string;
  /** From asking to the whole answer. */
  latencyMs: number;
  /** Tokens as the backend counted them; undefined where it didn't say. */
  usage?: { promptTokens: number; completionTokens: number } | undefined;
}

/** A model that a backend serves. @public */
export interface ServedModel {
  id: string;
  /** The base model, where this one is a LoRA adapter. */
  parent?: string | undefined;
}

/**
 * A model, wherever it runs. Every method throws `ServiceError`s; what is
 * cancelled by its signal rejects with the signal's reason.
 *
 * @public
 */
export interface ModelClient {
  invoke(payload: ModelPayload, options: InvokeOptions): Promise<ModelAnswer>;
  /** Resolves when the backend answers and has the model. */
  check(signal?: AbortSignal): Promise<void>;
  /** Whether a check costs next to nothing and may be repeated for ever, or is only for times of doubt. */
  readonly checksAreFree: boolean;
  /** What may be asked for as `variant`; undefined where the backend doesn't tell. */
  variants(signal?: AbortSignal): Promise<ServedModel[] | undefined>;
  close(): Promise<void>;
}

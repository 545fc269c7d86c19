import type {
  ClusterError,
  ModelState,
} from '@llm-platform/plugin-models-common';

/** A model that the signed-in user may talk to. @public */
export interface PlaygroundModel {
  cluster: string;
  namespace: string;
  name: string;
  /** Public name at the gateway. */
  route: string;
  team: string;
  /** Hugging Face id. */
  modelId: string;
  state: ModelState;
  reason?: string;
  /** What is not real about its answers on this cluster. */
  simulated?: string;
}

/** Whether a cluster's gateway answers. @public */
export interface GatewayStatus {
  cluster: string;
  state: 'ok' | 'unreachable' | 'not-configured';
  url?: string;
  message?: string;
}

/** GET /v1/models @public */
export interface PlaygroundModels {
  items: PlaygroundModel[];
  gateways: GatewayStatus[];
  errors: ClusterError[];
}

/** POST /v1/chat; `model` is the route. @public */
export interface ChatRequest {
  cluster: string;
  model: string;
  messages: Array<{ role: 'system' | 'user' | 'assistant'; content: string }>;
  temperature?: number;
  top_p?: number;
  max_tokens?: number;
  seed?: number;
  stop?: string[];
}

/** Whose error it is. @public */
export type ChatErrorSource =
  | 'input'
  | 'budget'
  | 'gateway'
  | 'model'
  | 'portal';

/** @public */
export interface ChatErrorInfo {
  message: string;
  code: string;
  source: ChatErrorSource;
}

/** What happens during one answer, in order. @public */
export type ChatEvent =
  | { type: 'open'; requestId?: string }
  /** The answer is not real; `what` says what isn't. */
  | { type: 'simulated'; what: string }
  | { type: 'delta'; text: string }
  | { type: 'finish'; reason: string }
  | { type: 'usage'; promptTokens: number; completionTokens: number }
  /** The last event of an answer that didn't come to its end. */
  | { type: 'error'; error: ChatErrorInfo };

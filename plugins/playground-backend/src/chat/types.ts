/** Whose error it is; the playground says so and offers the matching next step. */
export type ChatErrorSource =
  | 'input'
  | 'budget'
  | 'gateway'
  | 'model'
  | 'portal';

/** OpenAI's error shape with {@link ChatErrorSource}. */
export interface ChatErrorBody {
  error: {
    message: string;
    type: string;
    code: string;
    param?: string;
    source: ChatErrorSource;
  };
}

/** Body of `POST /v1/chat`. `model` is the route. */
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

import { request, type Dispatcher } from 'undici';
import { z } from 'zod';
import { ServiceError, type ErrorCode } from '../errors';
import type {
  InvokeOptions,
  ModelAnswer,
  ModelClient,
  ModelPayload,
  ServedModel,
} from './ModelClient';
import { startDeadline } from './deadline';
import { transportError } from './transportError';
import { chatCompletion, completion, modelList } from './vllmAnswers';
import { vllmError } from './vllmError';

/** Which of vLLM's two ways to generate is used. @public */
export type VllmApi = 'completions' | 'chat';

/** @public */
export interface VllmClientOptions {
  /** Without `/v1` and without a slash at its end. */
  baseUrl: string;
  /** The served name of the model; the first that vLLM lists where left out. */
  model?: string | undefined;
  /** `chat` puts the prompt through the model's chat template, as one message of the user. */
  api?: VllmApi | undefined;
  apiKey?: string | undefined;
  /** For one whole answer. */
  timeoutMs: number;
  dispatcher: Dispatcher;
}

const PATHS = {
  completions: '/v1/completions',
  chat: '/v1/chat/completions',
} as const;
const OPERATIONS = { completions: 'text_completion', chat: 'chat' } as const;

interface Call {
  method: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  body?: object;
  model?: string;
  signal?: AbortSignal | undefined;
}

/**
 * A model behind vLLM's OpenAI API. What it serves is asked of `/v1/models`
 * and remembered until the next `check`.
 *
 * @public
 */
export class VllmClient implements ModelClient {
  readonly checksAreFree = true;
  private served: ServedModel[] | undefined;
  private readonly api: VllmApi;

  constructor(private readonly options: VllmClientOptions) {
    this.api = options.api ?? 'completions';
  }

  async invoke(
    payload: ModelPayload,
    options: InvokeOptions,
  ): Promise<ModelAnswer> {
    try {
      return await this.generate(payload, options);
    } catch (error) {
      // The server behind the address was exchanged for one with another
      // model. It did no work, so it may be asked again by the new name.
      if (
        error instanceof ServiceError &&
        error.code === 'model_not_found' &&
        this.options.model === undefined
      ) {
        this.served = undefined;
        return this.generate(payload, options);
      }
      throw error;
    }
  }

  async check(signal?: AbortSignal): Promise<void> {
    await this.variants(signal);
    this.defaultModel();
  }

  async variants(signal?: AbortSignal): Promise<ServedModel[]> {
    const { data } = await this.call(modelList, {
      method: 'GET',
      path: '/v1/models',
      signal,
    });
    this.served = data.map(({ id, parent }) => ({
      id,
      ...(parent && { parent }),
    }));
    return this.served;
  }

  async close(): Promise<void> {
    // The dispatcher belongs to whoever made it.
  }

  private async generate(
    { inputs, parameters }: ModelPayload,
    { correlationId, variant, signal, trace }: InvokeOptions,
  ): Promise<ModelAnswer> {
    const model = await this.nameOf(variant, signal);
    const startedAt = performance.now();
    const call = trace?.modelCall({
      operation: OPERATIONS[this.api],
      model,
      stream: false,
    });
    const common = {
      method: 'POST',
      path: PATHS[this.api],
      headers: {
        'x-request-id': correlationId,
        ...(call && { traceparent: call.traceparent }),
      },
      model,
      signal,
    } as const;
    try {
      const answer =
        this.api === 'chat'
          ? await this.call(chatCompletion, {
              ...common,
              body: {
                model,
                messages: [{ role: 'user', content: inputs }],
                ...parameters,
              },
            })
          : await this.call(completion, {
              ...common,
              body: { model, prompt: inputs, ...parameters },
            });
      const usage = answer.usage
        ? {
            promptTokens: answer.usage.prompt_tokens,
            completionTokens: answer.usage.completion_tokens ?? 0,
          }
        : undefined;
      call?.end({
        origin: this.options.baseUrl,
        responseModel: answer.model,
        ...(usage && { usage }),
      });
      return {
        generatedText: answer.text,
        modelVersion: answer.model,
        latencyMs: Math.round((performance.now() - startedAt) * 10) / 10,
        usage,
      };
    } catch (error) {
      const code: ErrorCode | 'cancelled' =
        error instanceof ServiceError ? error.code : 'cancelled';
      call?.end({ origin: this.options.baseUrl, error: code });
      throw error;
    }
  }

  /** The name to ask vLLM for. */
  private async nameOf(
    variant: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    if (variant === undefined && this.options.model !== undefined) {
      return this.options.model;
    }
    const isServed = () => this.served?.some(({ id }) => id === variant);
    if (!this.served || (variant !== undefined && !isServed())) {
      await this.variants(signal);
    }
    if (variant === undefined) {
      return this.defaultModel();
    }
    if (!isServed()) {
      throw new ServiceError(
        'variant_not_found',
        `There is no variant '${variant}'. ${this.servedText()}`,
      );
    }
    return variant;
  }

  /** Of what was listed last: the configured model, else the first that is no adapter. */
  private defaultModel(): string {
    const served = this.served ?? [];
    const { model } = this.options;
    const found =
      model === undefined
        ? served.find(({ parent }) => parent === undefined) ?? served[0]
        : served.find(({ id }) => id === model);
    if (!found) {
      throw new ServiceError(
        'model_unavailable',
        model === undefined
          ? 'The model server serves no model.'
          : `The model server does not serve '${model}'. ${this.servedText()}`,
        { headers: { 'retry-after': '5' } },
      );
    }
    return found.id;
  }

  private servedText(): string {
    const names = (this.served ?? []).map(({ id }) => id);
    return names.length > 0
      ? `It has: ${names.join(', ')}.`
      : 'It has none at all.';
  }

  private async call<T>(schema: z.ZodType<T>, call: Call): Promise<T> {
    const { apiKey, baseUrl, dispatcher, timeoutMs } = this.options;
    const deadline = startDeadline(timeoutMs, call.signal);
    const url = new URL(`${baseUrl}${call.path}`);
    let status: number;
    let body: string;
    let retryAfter: string | string[] | undefined;
    try {
      const response = await request(url, {
        dispatcher,
        method: call.method,
        headers: {
          accept: 'application/json',
          ...(call.body && { 'content-type': 'application/json' }),
          ...(apiKey && { authorization: `Bearer ${apiKey}` }),
          ...call.headers,
        },
        body: call.body && JSON.stringify(call.body),
        // The signal is the one clock; undici's own would cut in before it.
        headersTimeout: 0,
        bodyTimeout: 0,
        signal: deadline.signal,
      });
      status = response.statusCode;
      retryAfter = response.headers['retry-after'];
      body = await response.body.text();
    } catch (error) {
      call.signal?.throwIfAborted();
      throw transportError(error, timeoutMs);
    } finally {
      deadline.done();
    }
    if (status !== 200) {
      throw vllmError({
        status,
        body,
        retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
        model: call.model ?? '',
      });
    }
    return read(schema, body, call.path);
  }
}

function read<T>(schema: z.ZodType<T>, body: string, path: string): T {
  try {
    return schema.parse(JSON.parse(body));
  } catch (error) {
    // Not the error itself: it may quote the answer, which is never logged.
    const reason =
      error instanceof z.ZodError
        ? error.issues.map(issue => issue.path.join('.')).join(', ')
        : 'not JSON';
    throw new ServiceError(
      'prediction_failed',
      `The model server's answer to ${path} can't be read (${reason}).`,
    );
  }
}

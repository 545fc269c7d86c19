import {
  InvokeEndpointCommand,
  SageMakerRuntimeClient,
} from '@aws-sdk/client-sagemaker-runtime';
import type { Dispatcher } from 'undici';
import { z } from 'zod';
import { ServiceError } from '../errors';
import type {
  InvokeOptions,
  ModelAnswer,
  ModelClient,
  ModelPayload,
} from './ModelClient';
import { startDeadline } from './deadline';
import { sageMakerError } from './sageMakerError';
import { sdkHttpHandler } from './sdkHttpHandler';

/** @public */
export interface SageMakerClientOptions {
  endpointName: string;
  region: string;
  /** For one whole answer. */
  timeoutMs: number;
  dispatcher: Dispatcher;
  /** Another address of the service, such as a VPC endpoint. */
  serviceUrl?: string | undefined;
}

// Text generation containers answer with one of these two.
const generated = z.object({ generated_text: z.string() });
const answerBody = z.union([
  generated,
  z
    .array(generated)
    .min(1)
    .transform(([first]) => first),
]);

/**
 * A model behind a SageMaker endpoint. `variant` is a production variant.
 *
 * The runtime API can do nothing but invoke, so `check` generates one token;
 * that costs, hence `checksAreFree` is false.
 *
 * @public
 */
export class SageMakerClient implements ModelClient {
  readonly checksAreFree = false;
  private readonly client: SageMakerRuntimeClient;

  constructor(private readonly options: SageMakerClientOptions) {
    this.client = new SageMakerRuntimeClient({
      region: options.region,
      requestHandler: sdkHttpHandler(options.dispatcher, options.timeoutMs),
      // A model that may have worked on a request doesn't get it twice.
      maxAttempts: 1,
      ...(options.serviceUrl && { endpoint: options.serviceUrl }),
    });
  }

  async invoke(
    { inputs, parameters }: ModelPayload,
    { correlationId, variant, signal, trace }: InvokeOptions,
  ): Promise<ModelAnswer> {
    const { endpointName, timeoutMs } = this.options;
    const { max_tokens: maxNewTokens, ...rest } = parameters;
    const startedAt = performance.now();
    const call = trace?.modelCall({
      operation: 'text_completion',
      model: endpointName,
      provider: 'aws.sagemaker',
      stream: false,
    });
    const deadline = startDeadline(timeoutMs, signal);
    try {
      const response = await this.client.send(
        new InvokeEndpointCommand({
          EndpointName: endpointName,
          ContentType: 'application/json',
          Accept: 'application/json',
          Body: Buffer.from(
            JSON.stringify({
              inputs,
              parameters: { ...rest, max_new_tokens: maxNewTokens },
            }),
          ),
          // The one header that reaches the container as it is.
          CustomAttributes: [
            `correlation_id=${correlationId}`,
            ...(call ? [`traceparent=${call.traceparent}`] : []),
          ].join(';'),
          ...(variant !== undefined && { TargetVariant: variant }),
        }),
        { abortSignal: deadline.signal },
      );
      const generatedText = textOf(Buffer.from(response.Body).toString('utf8'));
      call?.end({});
      return {
        generatedText,
        modelVersion: response.InvokedProductionVariant
          ? `${endpointName}/${response.InvokedProductionVariant}`
          : endpointName,
        latencyMs: Math.round((performance.now() - startedAt) * 10) / 10,
      };
    } catch (error) {
      if (signal?.aborted) {
        call?.end({ error: 'cancelled' });
        throw signal.reason;
      }
      const problem =
        error instanceof ServiceError
          ? error
          : sageMakerError(
              deadline.hasPassed ? deadline.signal.reason : error,
              {
                endpoint: endpointName,
                variant,
                timeoutMs,
              },
            );
      call?.end({ error: problem.code });
      throw problem;
    } finally {
      deadline.done();
    }
  }

  async check(signal?: AbortSignal): Promise<void> {
    await this.invoke(
      { inputs: 'ping', parameters: { max_tokens: 1 } },
      { correlationId: 'check', signal },
    );
  }

  async variants(): Promise<undefined> {
    return undefined;
  }

  async close(): Promise<void> {
    this.client.destroy();
  }
}

function textOf(body: string): string {
  try {
    return answerBody.parse(JSON.parse(body)).generated_text;
  } catch {
    // Without the cause: it may quote the answer, which is never logged.
    throw new ServiceError(
      'prediction_failed',
      "The SageMaker endpoint's answer has no generated_text.",
    );
  }
}

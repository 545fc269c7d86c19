import type { ServerResponse } from 'node:http';
import type { AnswerEnd, AnswerRequest } from '../engine';
import { adapterLabel, SIMULATED_HEADER } from '../labels';
import { ApiError } from './apiError';
import { AnswerFormat, AnswerIdentity, usageOf } from './answerFormats';
import type { AnswerShape } from './answerRequest';
import { EventStream } from './eventStream';
import type { ServerModel } from './serverModel';

/** Everything about one answer. */
export interface AnswerJob {
  server: ServerModel;
  request: AnswerRequest;
  shape: AnswerShape;
  format: AnswerFormat;
  identity: AnswerIdentity;
  /** Aborts when the client goes away. */
  signal: AbortSignal;
}

/** What isn't real about the answers of a served name. */
export function simulatedOf(
  server: ServerModel,
  model: string,
): string | undefined {
  const adapter = server.adapters.find(({ name }) => name === model);
  return adapter ? adapterLabel(adapter, server.simulated) : server.simulated;
}

/** Marks what isn't vLLM's real answer. */
function mark(body: object, { server, identity }: AnswerJob): object {
  const simulated = simulatedOf(server, identity.model);
  return simulated === undefined ? body : { ...body, x_simulated: simulated };
}

async function sendWhole(
  job: AnswerJob,
  response: ServerResponse,
): Promise<void> {
  const { server, request, format, identity, signal } = job;
  const answer = server.generator.answer(request, signal);
  const texts: string[] = [];
  let end: AnswerEnd | undefined;
  while (end === undefined) {
    const next = await answer.next();
    if (next.done) {
      end = next.value;
    } else {
      texts.push(next.value.text);
    }
  }
  if (signal.aborted) {
    return;
  }
  const usage = usageOf(request.promptTokens.length, end.generatedTokens);
  const body = format.whole(identity, texts.join(''), end, usage);
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(mark(body, job)));
}

async function sendStream(
  job: AnswerJob,
  response: ServerResponse,
): Promise<void> {
  const { server, request, shape, format, identity, signal } = job;
  const promptTokens = request.promptTokens.length;
  const answer = server.generator.answer(request, signal);
  // The first token decides whether this is an answer or an error.
  let next = await answer.next();
  const stream = new EventStream(response, signal);
  let first = true;
  let generated = 0;
  const send = (chunk: object, completionTokens: number) => {
    const withUsage = shape.continuousUsage
      ? { ...chunk, usage: usageOf(promptTokens, completionTokens) }
      : chunk;
    const body = first ? mark(withUsage, job) : withUsage;
    first = false;
    return stream.send(body);
  };
  try {
    if (format.first) {
      await send(format.first(identity), 0);
    }
    while (!next.done) {
      const { text, generatedTokens } = next.value;
      generated = generatedTokens;
      if (text !== '') {
        await send(format.chunk(identity, text), generated);
      }
      next = await answer.next();
    }
    await send(format.chunk(identity, '', next.value), generated);
    if (shape.includeUsage) {
      await stream.send({
        ...format.usageChunk(identity),
        usage: usageOf(promptTokens, generated),
      });
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await stream.send(
      new ApiError(500, 'InternalServerError', message).toBody(),
    );
  } finally {
    await answer.return({ finishReason: 'stop', generatedTokens: generated });
  }
  await stream.send('[DONE]');
  stream.end();
}

/** Generates and sends an answer, whole or streamed. */
export async function sendAnswer(
  job: AnswerJob,
  response: ServerResponse,
): Promise<void> {
  const simulated = simulatedOf(job.server, job.identity.model);
  if (simulated !== undefined) {
    response.setHeader(
      SIMULATED_HEADER,
      // It has the model's name in it, which may be anything.
      simulated.replace(/[^\x20-\x7e]/g, '?'),
    );
  }
  await (job.shape.stream
    ? sendStream(job, response)
    : sendWhole(job, response));
}

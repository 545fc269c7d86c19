import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { renderChat } from '../engine';
import { CHAT_FORMAT, completionFormat } from './answerFormats';
import { checkModel, readAnswerRequest, readShape } from './answerRequest';
import { badRequest, notSupported } from './apiError';
import { Fields } from './fields';
import { readMessages } from './messages';
import { receivedLine } from './receivedLine';
import { readJson } from './readJson';
import { requestId } from './requestId';
import { traceId } from './requestTrace';
import { sendAnswer, simulatedOf } from './sendAnswer';
import type { ServerModel } from './serverModel';

/** One request on its way through a route. */
export interface RouteContext {
  request: IncomingMessage;
  response: ServerResponse;
  server: ServerModel;
  /** Aborts when the client goes away. */
  signal: AbortSignal;
}

/** Answers one request. */
export type Route = (context: RouteContext) => Promise<void>;

/** What vLLM's completions generate when nothing is asked for. */
const DEFAULT_COMPLETION_TOKENS = 16;

function sendJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

const now = () => Math.floor(Date.now() / 1000);

const styleOf = (server: ServerModel, model: string) =>
  server.adapters.find(({ name }) => name === model)?.style;

const chatCompletions: Route = async ({
  request,
  response,
  server,
  signal,
}) => {
  const fields = new Fields(await readJson(request));
  const turns = readMessages(fields, server.model);
  const model = checkModel(fields, server);
  const style = styleOf(server, model);
  const shape = readShape(fields);
  const prompt = renderChat(
    style ? [{ role: 'system', content: style.system }, ...turns] : turns,
  );
  const answer = readAnswerRequest(
    fields,
    prompt,
    undefined,
    server,
    style?.opening,
  );
  const id = requestId('chatcmpl', request);
  server.logRequest?.(
    receivedLine(
      {
        id,
        prompt: prompt.map(({ text }) => text).join(''),
        request: answer,
        model,
        trace: traceId(request),
      },
      server,
    ),
  );
  await sendAnswer(
    {
      server,
      request: answer,
      shape,
      format: CHAT_FORMAT,
      identity: {
        id,
        created: now(),
        model,
      },
      signal,
    },
    response,
  );
};

function readPrompt(fields: Fields, server: ServerModel): string | number[] {
  const prompt = fields.raw('prompt');
  if (prompt === undefined) {
    fields.missing('prompt');
    fields.check();
  }
  if (typeof prompt === 'string') {
    return prompt;
  }
  const list = Array.isArray(prompt) ? prompt : [];
  if (list.length === 1 && typeof list[0] === 'string') {
    return list[0];
  }
  if (list.length > 0 && list.every(Number.isSafeInteger)) {
    const outside = list.find(
      token => token < 0 || token >= server.engine.vocabularySize,
    );
    if (outside !== undefined) {
      throw badRequest(`Token id ${outside} is out of vocabulary`, 'prompt');
    }
    return list;
  }
  if (list.length > 1) {
    throw notSupported('A list of several prompts is', 'prompt');
  }
  throw badRequest(
    'prompt must be a string, a list with one string, or a list of token ids.',
    'prompt',
  );
}

const completions: Route = async ({ request, response, server, signal }) => {
  const fields = new Fields(await readJson(request));
  const prompt = readPrompt(fields, server);
  const model = checkModel(fields, server);
  const shape = readShape(fields);
  if (fields.raw('suffix') !== undefined) {
    throw badRequest('suffix is not currently supported', 'suffix');
  }
  const echo = fields.boolean('echo') ?? false;
  const answer = readAnswerRequest(
    fields,
    typeof prompt === 'string' ? [{ text: prompt, special: true }] : prompt,
    DEFAULT_COMPLETION_TOKENS,
    server,
    styleOf(server, model)?.opening,
  );
  const promptText =
    typeof prompt === 'string' ? prompt : server.engine.detokenize(prompt);
  const id = requestId('cmpl', request);
  server.logRequest?.(
    receivedLine(
      {
        // vLLM counts the prompts of one request.
        id: `${id}-0`,
        prompt: promptText,
        request: answer,
        model,
        trace: traceId(request),
      },
      server,
    ),
  );
  await sendAnswer(
    {
      server,
      request: answer,
      shape,
      format: completionFormat(echo ? promptText : undefined),
      identity: { id, created: now(), model },
      signal,
    },
    response,
  );
};

function modelCard(
  server: ServerModel,
  card: {
    id: string;
    root: string;
    parent: string | null;
    max_model_len: number | null;
  },
) {
  const simulated = simulatedOf(server, card.id);
  return {
    id: card.id,
    object: 'model',
    created: server.created,
    owned_by: 'vllm',
    root: card.root,
    parent: card.parent,
    max_model_len: card.max_model_len,
    permission: [
      {
        id: `modelperm-${randomBytes(16).toString('hex')}`,
        object: 'model_permission',
        created: server.created,
        allow_create_engine: false,
        allow_sampling: true,
        allow_logprobs: false,
        allow_search_indices: false,
        allow_view: true,
        allow_fine_tuning: false,
        organization: '*',
        group: null,
        is_blocking: false,
      },
    ],
    x_answered_by: server.engine.unavailable
      ? `nobody: model file unavailable: ${server.engine.unavailable}`
      : server.engine.name,
    ...(simulated !== undefined && { x_simulated: simulated }),
  };
}

const models: Route = async ({ response, server }) => {
  const own = server.servedModelNames.map(id => ({
    id,
    root: server.model,
    parent: null,
    max_model_len: server.maxModelLen,
  }));
  // vLLM says of an adapter whose it is, but not its length.
  const adapters = server.adapters.map(({ name, path, baseModelName }) => ({
    id: name,
    root: path,
    parent: baseModelName ?? server.servedModelNames[0],
    max_model_len: null,
  }));
  sendJson(response, {
    object: 'list',
    data: [...own, ...adapters].map(card => modelCard(server, card)),
  });
};

const tokenize: Route = async ({ request, response, server }) => {
  const fields = new Fields(await readJson(request));
  checkModel(fields, server);
  const segments =
    fields.raw('messages') === undefined
      ? [{ text: fields.string('prompt') ?? '', special: true }]
      : renderChat(readMessages(fields, server.model));
  const asStrings = fields.boolean('return_token_strs') ?? false;
  fields.check();
  const tokens = server.engine.tokenize(segments);
  sendJson(response, {
    count: tokens.length,
    max_model_len: server.maxModelLen,
    tokens,
    token_strs: asStrings
      ? tokens.map(token => server.engine.detokenize([token]))
      : null,
  });
};

const detokenize: Route = async ({ request, response, server }) => {
  const fields = new Fields(await readJson(request));
  checkModel(fields, server);
  const tokens = fields.integers('tokens') ?? [];
  fields.check();
  const known = (token: number) =>
    token >= 0 && token < server.engine.vocabularySize;
  if (!tokens.every(known)) {
    throw badRequest('A token id is out of vocabulary', 'tokens');
  }
  sendJson(response, { prompt: server.engine.detokenize(tokens) });
};

const healthy: Route = async ({ response }) => {
  response.writeHead(200, { 'content-length': '0' });
  response.end();
};

const version: Route = async ({ response }) =>
  sendJson(response, { version: '0.11.0' });

const metrics: Route = async ({ response, server }) => {
  const { registry } = server.metrics;
  const text = await registry.metrics();
  response.writeHead(200, { 'content-type': registry.contentType });
  response.end(text);
};

/** The paths that the stand-in serves, in the order vLLM lists them. */
export const ROUTES: ReadonlyMap<
  string,
  Readonly<Record<string, Route>>
> = new Map(
  Object.entries<Readonly<Record<string, Route>>>({
    '/health': { GET: healthy },
    '/ping': { GET: healthy, POST: healthy },
    '/tokenize': { POST: tokenize },
    '/detokenize': { POST: detokenize },
    '/v1/models': { GET: models },
    '/version': { GET: version },
    '/v1/chat/completions': { POST: chatCompletions },
    '/v1/completions': { POST: completions },
    '/metrics': { GET: metrics },
  }),
);

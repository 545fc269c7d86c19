import type {
  AuditorService,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import express, {
  type ErrorRequestHandler,
  type Request,
  type Response,
  type Router,
} from 'express';
import PromiseRouter from 'express-promise-router';
import { ActiveChats } from './chat/ActiveChats';
import { ChatError, toChatError } from './chat/ChatError';
import { relay } from './chat/relay';
import { MAX_BODY_BYTES, parseChatRequest } from './chat/schema';
import type { ChatRequest } from './chat/types';
import type { PlaygroundClusters } from './clusters/types';
import type { GatewayClient } from './gateway';
import type { KeyPublisher, SigningKeys } from './keys';
import type { PlaygroundModel, PlaygroundModels, UsableModels } from './models';

/** @internal */
export interface RouterOptions {
  auditor: AuditorService;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  chats: ActiveChats;
  clusters: PlaygroundClusters;
  gateway: GatewayClient;
  keys: SigningKeys;
  models: UsableModels;
  publisher: KeyPublisher;
}

/** @internal */
export function createRouter(options: RouterOptions): Router {
  const { clusters, gateway, httpAuth, models } = options;
  const router = PromiseRouter();

  router.get('/v1/models', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const [usable, gateways] = await Promise.all([
      models.list({ credentials }),
      Promise.all(clusters.gateways().map(target => gateway.status(target))),
    ]);
    const body: PlaygroundModels = { ...usable, gateways };
    res.setHeader('Cache-Control', 'no-store');
    res.json(body);
  });

  router.post(
    '/v1/chat',
    express.json({ limit: MAX_BODY_BYTES }),
    async (req, res) => chat(options, req, res),
  );
  router.use('/v1/chat', chatErrors(options.logger));
  return router;
}

async function chat(
  options: RouterOptions,
  req: Request,
  res: Response,
): Promise<void> {
  const { auditor, chats, clusters, gateway, httpAuth, keys, publisher } =
    options;
  const credentials = await httpAuth.credentials(req, { allow: ['user'] });
  const user = credentials.principal.userEntityRef;
  const input = parseChatRequest(req.body);
  // The prompt stays out of the audit log: it belongs to the person
  const event = await auditor.createEvent({
    eventId: 'chat',
    request: req,
    severityLevel: 'low',
    meta: {
      cluster: input.cluster,
      model: input.model,
      messages: input.messages.length,
    },
  });
  const startedAt = Date.now();
  let running: ReturnType<ActiveChats['start']> | undefined;
  try {
    const model = await findModel(options, credentials, input);
    running = chats.start(user);
    const { controller } = running;
    // `close` also comes after a complete answer, when aborting does nothing
    res.on('close', () => controller.abort());
    if (res.destroyed) {
      controller.abort();
    }
    if (!publisher.isPublished(input.cluster)) {
      await publisher.publish(input.cluster);
    }
    const target = clusters
      .gateways()
      .find(other => other.cluster === input.cluster);
    const stream = await gateway.openChat(
      target ?? { cluster: input.cluster },
      input,
      {
        getToken: () =>
          keys.sign({ user, team: model.team, models: [model.route] }),
        onUnauthorized: () => publisher.publish(input.cluster),
        signal: controller.signal,
      },
    );
    const outcome = await relay({
      stream,
      response: res,
      signal: controller.signal,
    });
    const meta = { team: model.team, durationMs: Date.now() - startedAt };
    if (outcome === 'broken') {
      await event.fail({
        meta,
        error: new Error('The answer broke off before it was complete'),
      });
    } else {
      await event.success({ meta: { ...meta, outcome } });
    }
  } catch (caught) {
    if (res.destroyed) {
      await event.success({ meta: { outcome: 'aborted' } });
      return;
    }
    await event.fail({ error: toError(caught) });
    throw caught;
  } finally {
    running?.end();
  }
}

async function findModel(
  options: RouterOptions,
  credentials: Parameters<UsableModels['list']>[0]['credentials'],
  input: ChatRequest,
): Promise<PlaygroundModel> {
  const { items } = await options.models.list({ credentials });
  const model = items.find(
    other => other.cluster === input.cluster && other.route === input.model,
  );
  if (!model) {
    // The same answer for a model of another team and for one that doesn't exist
    throw new ChatError({
      status: 403,
      source: 'input',
      code: 'model_not_allowed',
      message: `There is no model "${input.model}" on cluster "${input.cluster}" that you may use.`,
    });
  }
  return model;
}

function chatErrors(logger: LoggerService): ErrorRequestHandler {
  return (caught, _req, res, next) => {
    if (res.headersSent) {
      next(caught);
      return;
    }
    const error = toChatError(caught);
    if (error.status >= 500 && !(caught instanceof ChatError)) {
      logger.error('Chat request failed', toError(caught));
    }
    res
      .status(error.status)
      .setHeader('Cache-Control', 'no-store')
      .json(error.body());
  };
}

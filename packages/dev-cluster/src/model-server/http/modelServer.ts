import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
  STATUS_CODES,
} from 'node:http';
import { QueueFullError } from '../engine';
import { ApiError } from './apiError';
import { isAuthorized } from './authorize';
import { baseRequestId } from './requestId';
import { ROUTES } from './routes';
import type { ServerModel } from './serverModel';

/** How the server reports what it does. */
export interface ServerLog {
  /** uvicorn's line about an answered request. */
  access(line: string): void;
  error(message: string): void;
}

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) {
    return error;
  }
  if (error instanceof QueueFullError) {
    return new ApiError(503, 'ServiceUnavailableError', error.message);
  }
  const message = error instanceof Error ? error.message : String(error);
  return new ApiError(500, 'InternalServerError', message);
}

function sendError(response: ServerResponse, error: ApiError): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(error.status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(error.toBody()));
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  server: ServerModel,
  signal: AbortSignal,
): Promise<void> {
  const [pathname] = (request.url ?? '/').split('?', 1);
  if (!isAuthorized(request, pathname, server.apiKeys)) {
    response.writeHead(401, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: 'Unauthorized' }));
    return;
  }
  const methods = ROUTES.get(pathname);
  if (!methods) {
    throw new ApiError(404, 'Not Found', 'Not Found');
  }
  const route = methods[request.method ?? ''];
  if (!route) {
    response.setHeader('allow', Object.keys(methods).join(', '));
    throw new ApiError(405, 'Method Not Allowed', 'Method Not Allowed');
  }
  await route({ request, response, server, signal });
}

/** Longer than a client keeps idle connections, so that it closes them first. */
const KEEP_ALIVE_MS = 75_000;

/** vLLM's OpenAI-compatible server over a {@link ServerModel}. */
export function createModelServer(server: ServerModel, log: ServerLog): Server {
  const http = createServer((request, response) => {
    const gone = new AbortController();
    request.socket.setNoDelay(true);
    // Read now: a closed connection doesn't know them any more.
    const { remoteAddress = '-', remotePort = 0 } = request.socket;
    response.on('close', () => {
      gone.abort();
      const status = response.statusCode;
      log.access(
        `${remoteAddress}:${remotePort} - "${request.method} ${
          request.url
        } HTTP/${request.httpVersion}" ${status} ${STATUS_CODES[status] ?? ''}`,
      );
      if (!http.listening) {
        // Shutting down: don't wait for the client to let go.
        setImmediate(() => http.closeIdleConnections());
      }
    });
    if (server.requestIdHeaders) {
      response.setHeader('X-Request-Id', baseRequestId(request));
    }
    handle(request, response, server, gone.signal).catch(error => {
      const apiError = toApiError(error);
      if (apiError.status >= 500) {
        log.error(apiError.message);
      }
      sendError(response, apiError);
    });
  });
  http.keepAliveTimeout = KEEP_ALIVE_MS;
  return http;
}

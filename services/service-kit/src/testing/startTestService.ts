import { createLogger } from '../http';
import {
  createTeamService,
  type BuiltTeamService,
  type TeamServiceDefinition,
} from '../teamService';
import type { z } from 'zod';

/** A team service that listens on a port of its own. */
export interface TestService extends BuiltTeamService {
  baseUrl: string;
  /** Its log lines so far, parsed. */
  logged(): Array<Record<string, unknown>>;
  /** Sends a JSON request and reads the JSON answer. */
  post(
    path: string,
    body: unknown,
    options?: { headers?: Record<string, string>; signal?: AbortSignal },
  ): Promise<TestAnswer>;
  get(path: string, headers?: Record<string, string>): Promise<TestAnswer>;
  /** Resolves once `/ready` answers with this status. */
  untilReady(status: number): Promise<void>;
  stop(): Promise<void>;
}

export interface TestAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body; what it is belongs to the test. */
  json: ReturnType<typeof JSON.parse>;
}

const CHECK_INTERVAL_MS = 20;

async function read(response: Response): Promise<TestAnswer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? JSON.parse(text) : undefined,
  };
}

/** Starts a team service as its `main` does, with checks at short intervals. */
export async function startTestService<Own extends z.ZodRawShape>(
  definition: TeamServiceDefinition<Own>,
  env: Record<string, string>,
): Promise<TestService> {
  const lines: string[] = [];
  const built = createTeamService(definition, {
    env: { TEAM: 'quant', ...env },
    logger: createLogger({
      service: definition.name,
      level: 'debug',
      destination: { write: line => lines.push(line) },
    }),
    checkIntervalMs: CHECK_INTERVAL_MS,
  });
  const baseUrl = await built.app.listen({ host: '127.0.0.1', port: 0 });
  const get = async (path: string, headers?: Record<string, string>) =>
    read(await fetch(`${baseUrl}${path}`, headers ? { headers } : {}));
  return {
    ...built,
    baseUrl,
    get,
    logged: () => lines.map(line => JSON.parse(line)),
    post: async (path, body, options = {}) =>
      read(
        await fetch(`${baseUrl}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...options.headers },
          body: typeof body === 'string' ? body : JSON.stringify(body),
          ...(options.signal && { signal: options.signal }),
        }),
      ),
    untilReady: status =>
      until(async () => (await get('/ready')).status === status),
    async stop() {
      const closed = built.app.close();
      // Some of them may never have sent a request, and count as busy.
      built.app.server.closeAllConnections();
      await closed;
    },
  };
}

/** Resolves once something holds; the test's own time limit is the only one. */
export async function until(
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  while (!(await holds())) {
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

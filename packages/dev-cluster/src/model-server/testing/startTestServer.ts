import { readServerArguments } from '../arguments';
import type { TextEngine } from '../engine';
import type { LoadTextEngineOptions } from '../loadTextEngine';
import { RunningModelServer, runModelServer } from '../runModelServer';

/** A model server on a free port, its log, and what its engine was asked for. */
export interface TestServer extends RunningModelServer {
  lines: string[];
  loaded: LoadTextEngineOptions[];
  post(
    path: string,
    body: object,
    headers?: Record<string, string>,
  ): Promise<Response>;
}

/** Starts the model server over an engine, without simulated pauses. */
export async function startTestServer(
  engine: TextEngine,
  commandLine: string,
  lines: string[] = [],
): Promise<TestServer> {
  const loaded: LoadTextEngineOptions[] = [];
  const server = await runModelServer({
    args: readServerArguments(['--port', '0', ...commandLine.split(' ')]),
    environment: { bindAddress: '127.0.0.1', threads: 1, delayFactor: 0 },
    env: {},
    write: line => lines.push(line),
    loadEngine: async options => {
      loaded.push(options);
      return engine;
    },
  });
  return {
    ...server,
    lines,
    loaded,
    post: (path, body, headers = {}) =>
      fetch(`${server.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
  };
}

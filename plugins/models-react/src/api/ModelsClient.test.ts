import { ModelsClient } from './ModelsClient';
import { readLines } from './readLines';

const ref = { cluster: 'embedded', namespace: 'quant', name: 'smol/lm' };

function createClient(respond: (url: string, init?: RequestInit) => unknown) {
  const calls: Array<{ url: string; init?: RequestInit }> = [];
  const client = new ModelsClient({
    discoveryApi: { getBaseUrl: async id => `http://portal/api/${id}` },
    fetchApi: {
      fetch: async (input, init) => {
        calls.push({ url: String(input), init });
        return respond(String(input), init) as Response;
      },
    },
  });
  return { client, calls };
}

const ok = (body: unknown) => ({ ok: true, json: async () => body });

describe('ModelsClient', () => {
  it('asks the routes of models-backend', async () => {
    const { client, calls } = createClient(() => ok({}));

    await client.getStatus();
    await client.getOverview();
    await client.listModels({ team: 'eval' });
    await client.listModels();
    await client.getModel(ref);
    await client.getGpus();
    await client.listTeams();
    await client.getTeam('a b');
    await client.getFormOptions();
    await client.getArchitecture('a/b');

    expect(calls.map(call => call.url)).toEqual([
      'http://portal/api/models/v1/status',
      'http://portal/api/models/v1/overview',
      'http://portal/api/models/v1/models?team=eval',
      'http://portal/api/models/v1/models',
      'http://portal/api/models/v1/models/embedded/quant/smol%2Flm',
      'http://portal/api/models/v1/gpus',
      'http://portal/api/models/v1/teams',
      'http://portal/api/models/v1/teams/a%20b',
      'http://portal/api/models/v1/form',
      'http://portal/api/models/v1/architectures?model=a%2Fb',
    ]);
  });

  it('writes with the method and body of the contract', async () => {
    const { client, calls } = createClient(() => ok({}));

    await client.scale(ref, 2);
    await client.remove(ref, { deleteVolume: true });

    expect(calls[0]).toMatchObject({
      url: 'http://portal/api/models/v1/models/embedded/quant/smol%2Flm/scale',
      init: { method: 'POST', body: '{"replicas":2}' },
    });
    expect(calls[1]).toMatchObject({
      url: 'http://portal/api/models/v1/models/embedded/quant/smol%2Flm?deleteVolume=true',
      init: { method: 'DELETE' },
    });
  });

  it("throws the backend's error with its name and message", async () => {
    const { client } = createClient(() => ({
      ok: false,
      status: 403,
      statusText: 'Forbidden',
      headers: { get: () => 'application/json' },
      text: async () =>
        JSON.stringify({
          error: { name: 'NotAllowedError', message: 'not your team' },
          response: { statusCode: 403 },
        }),
    }));

    await expect(client.getModel(ref)).rejects.toMatchObject({
      statusCode: 403,
      cause: { name: 'NotAllowedError', message: 'not your team' },
    });
  });
});

/** What readLines needs of a ReadableStream; jsdom has none. */
function bodyOf(chunks: string[], onCancel = () => {}) {
  const encoder = new TextEncoder();
  let next = 0;
  return {
    getReader: () => ({
      read: async () =>
        next < chunks.length
          ? { done: false, value: encoder.encode(chunks[next++]) }
          : { done: true, value: undefined },
      cancel: async () => onCancel(),
    }),
  } as unknown as ReadableStream<Uint8Array>;
}

describe('readLines', () => {
  it('joins chunks into lines and keeps the last one without a newline', async () => {
    const lines = [];
    for await (const line of readLines(bodyOf(['a\r\nb', 'c\n', '\nlast']))) {
      lines.push(line);
    }
    expect(lines).toEqual(['a', 'bc', '', 'last']);
  });

  it('frees the connection when the reader stops early', async () => {
    const cancelled = jest.fn();
    for await (const line of readLines(bodyOf(['a\nb\n'], cancelled))) {
      expect(line).toBe('a');
      break;
    }
    expect(cancelled).toHaveBeenCalled();
  });
});

import { once } from 'events';
import type { AddressInfo } from 'net';
import express from 'express';
import { ActiveChats } from './ActiveChats';
import { relay, type RelayOutcome } from './relay';

const CHUNK = 'data: {"choices":[{"delta":{"content":"Par"}}]}\n\n';

describe('relay', () => {
  afterEach(() => jest.useRealTimers());

  it('ends an answer that takes too long with an error event', async () => {
    // The limit's timer only: the servers need the rest.
    jest.useFakeTimers({
      doNotFake: [
        'Date',
        'nextTick',
        'queueMicrotask',
        'setImmediate',
        'clearImmediate',
        'setInterval',
        'clearInterval',
        'performance',
      ],
    });
    const { controller, end } = new ActiveChats().start('user:default/mia');
    const { signal } = controller;
    async function* hungAnswer() {
      yield Buffer.from(CHUNK);
      const aborted = once(signal, 'abort');
      jest.advanceTimersByTime(15 * 60_000);
      await aborted;
      throw signal.reason;
    }
    let outcome: RelayOutcome | undefined;
    const app = express();
    app.get('/', async (_req, response) => {
      const stream = { headers: {}, body: hungAnswer() };
      outcome = await relay({ stream: stream as never, response, signal });
    });
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const text = await (await fetch(`http://127.0.0.1:${port}/`)).text();
    end();
    server.close();

    expect(text.startsWith(CHUNK)).toBe(true);
    const last = text.trim().split('\n\n').at(-1)!;
    expect(JSON.parse(last.replace('data: ', ''))).toEqual({
      error: expect.objectContaining({
        code: 'answer_time_limit',
        source: 'portal',
      }),
    });
    expect(outcome).toBe('broken');
  });
});

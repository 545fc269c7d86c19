import type http from 'node:http';
import type { ServerResponse } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import {
  chatChunk,
  doneChunk,
  FakeUpstream,
  usageChunk,
} from './testing/FakeUpstream';
import { QUANT_KEY, routeTo, TestGateway } from './testing/TestGateway';

const CHAT = { model: 'smol', stream: true, messages: [] };

// Real HTTP, on machines that have other work.
jest.setTimeout(30_000);

describe('streaming through the gateway', () => {
  let upstream: FakeUpstream;
  let gateway: TestGateway;

  beforeEach(async () => {
    upstream = await FakeUpstream.start();
    gateway = await TestGateway.start();
    gateway.setRoutes([routeTo(upstream.origin)]);
  });

  afterEach(async () => {
    await gateway.stop();
    await upstream.stop();
  });

  function streamHeaders(response: ServerResponse) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
  }

  it('passes the request and the stream on byte for byte', async () => {
    const answer = [
      chatChunk('Pa'),
      ': a comment\n\n',
      'event: x\r\ndata: {"é":1}\r\n\r\n',
      usageChunk,
      doneChunk,
    ];
    upstream.answer = async response => {
      streamHeaders(response);
      for (const byte of Buffer.from(answer.join(''))) {
        response.write(Buffer.from([byte]));
        await new Promise(resolve => setImmediate(resolve));
      }
      response.end();
    };
    const body =
      '{ "model" : "smol",\n "stream":true, "stream_options" : {"include_usage" : true}, "guided_json": {"a": [1.0, 1e2]}, "messages":[] }';
    const response = await gateway.chat(body);

    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('cache-control')).toContain('no-transform');
    expect(await response.text()).toBe(answer.join(''));
    expect(upstream.received[0].body).toBe(body);
    expect(upstream.received[0].path).toBe('/v1/chat/completions');
  });

  it('passes the first event on while the upstream still thinks', async () => {
    let finish = () => {};
    const finished = new Promise<void>(resolve => {
      finish = resolve;
    });
    upstream.answer = async response => {
      streamHeaders(response);
      response.write(chatChunk('first'));
      await finished;
      response.end(doneChunk);
    };
    const response = await gateway.chat(CHAT);
    const reader = response.body!.getReader();
    const first = await reader.read();
    expect(Buffer.from(first.value!).toString()).toBe(chatChunk('first'));
    finish();
    const second = await reader.read();
    expect(Buffer.from(second.value!).toString()).toBe(doneChunk);
  });

  it('sends the headers before the first event', async () => {
    let finish = () => {};
    const finished = new Promise<void>(resolve => {
      finish = resolve;
    });
    upstream.answer = async response => {
      streamHeaders(response);
      response.flushHeaders();
      await finished;
      response.end(doneChunk);
    };
    const response = await gateway.chat(CHAT);
    expect(response.status).toBe(200);
    finish();
    expect(await response.text()).toBe(doneChunk);
  });

  it('cancels the upstream when the client leaves mid-stream', async () => {
    upstream.answer = response => {
      streamHeaders(response);
      response.write(chatChunk('first'));
    };
    const arrived = upstream.nextRequest();
    const { request, response } = gateway.rawChat(CHAT);
    const answer = await response;
    answer.once('error', () => {});
    await new Promise(resolve => {
      answer.once('data', resolve);
    });
    request.destroy();
    await (
      await arrived
    ).aborted;
    expect(upstream.received).toHaveLength(1);
  });

  it('cancels the upstream within 100 ms of the client leaving', async () => {
    upstream.answer = response => {
      streamHeaders(response);
      response.write(chatChunk('first'));
    };
    const took: number[] = [];
    for (let i = 0; i < 5; i += 1) {
      const arrived = upstream.nextRequest();
      const { request, response } = gateway.rawChat(CHAT);
      const answer = await response;
      answer.once('error', () => {});
      const { aborted } = await arrived;
      const leftAt = performance.now();
      request.destroy();
      await aborted;
      took.push(performance.now() - leftAt);
    }
    // One may meet a pause of a busy machine, which is not the gateway's.
    took.sort((a, b) => a - b);
    expect(took[2]).toBeLessThan(100);
  });

  it('cancels the upstream when the client leaves before the answer', async () => {
    upstream.answer = () => {};
    const arrived = upstream.nextRequest();
    const { request, response } = gateway.rawChat(CHAT);
    const received = await arrived;
    request.destroy();
    await expect(response).rejects.toThrow();
    await received.aborted;
    // Not tried again for a client that isn't there.
    expect(upstream.received).toHaveLength(1);
  });

  it('turns the death of the upstream into an error event, without half an event', async () => {
    upstream.answer = response => {
      streamHeaders(response);
      response.write(`${chatChunk('Par')}data: {"id":"half`, () =>
        setImmediate(() => response.destroy()),
      );
    };
    const response = await gateway.chat(CHAT);
    const text = await response.text();
    expect(text.startsWith(chatChunk('Par'))).toBe(true);
    const rest = text.slice(chatChunk('Par').length);
    expect(rest).toMatch(/^data: \{"error":.*\}\n\n$/);
    expect(JSON.parse(rest.slice('data: '.length))).toEqual({
      error: expect.objectContaining({
        code: 'upstream_interrupted',
        type: 'server_error',
      }),
    });
  });

  it('puts the error event apart from half of one that was too long to hold', async () => {
    const half = `data: {"id":"${'x'.repeat(1024 * 1024)}`;
    upstream.answer = response => {
      streamHeaders(response);
      response.write(half, () => setTimeout(() => response.destroy(), 50));
    };
    const text = await (await gateway.chat(CHAT)).text();
    expect(text.startsWith(half)).toBe(true);
    expect(text.slice(half.length)).toMatch(
      /^\n\ndata: \{"error":.*"upstream_interrupted".*\}\n\n$/,
    );
  });

  it('passes an answer on that says twice what it is', async () => {
    upstream.answer = response => {
      response.writeHead(200, [
        ['content-type', 'text/event-stream'],
        ['content-type', 'text/event-stream'],
      ] as unknown as http.OutgoingHttpHeader[]);
      response.end(chatChunk('Par') + doneChunk);
    };
    const response = await gateway.chat(CHAT);
    expect(await response.text()).toBe(chatChunk('Par') + doneChunk);
  });

  it('does not let a stream without its [DONE] pass for a complete one', async () => {
    upstream.answer = response => {
      streamHeaders(response);
      response.end(chatChunk('Par'));
    };
    const text = await (await gateway.chat(CHAT)).text();
    expect(text).toContain('"code":"upstream_interrupted"');
  });

  it('ends a stream that has gone silent with an error event', async () => {
    const impatient = await TestGateway.start({ limits: { idleMs: 50 } });
    try {
      impatient.setRoutes([routeTo(upstream.origin)]);
      upstream.answer = response => {
        streamHeaders(response);
        response.write(chatChunk('Par'));
      };
      const text = await (await impatient.chat(CHAT)).text();
      expect(text).toContain('stopped sending');
    } finally {
      await impatient.stop();
    }
  });

  it('cuts a broken JSON answer off instead of completing it', async () => {
    upstream.answer = response => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': 1000,
      });
      response.write('{"choices":', () =>
        setImmediate(() => response.destroy()),
      );
    };
    await expect(
      (async () => {
        const response = await gateway.chat({ model: 'smol' });
        return response.text();
      })(),
    ).rejects.toThrow();
  });

  it('holds the upstream back while the client does not read', async () => {
    const event = `data: ${'x'.repeat(64 * 1024)}\n\n`;
    const most = 600;
    let written = 0;
    let blocked = () => {};
    const isBlocked = new Promise<void>(resolve => {
      blocked = resolve;
    });
    upstream.answer = async response => {
      streamHeaders(response);
      while (written < most) {
        written += 1;
        if (!response.write(event)) {
          // The socket is full; whoever isn't read for a while stays so.
          const drained = new Promise<boolean>(resolve => {
            response.once('drain', () => resolve(true));
          });
          const waited = new Promise<boolean>(resolve => {
            setTimeout(() => resolve(false), 300);
          });
          if (!(await Promise.race([drained, waited]))) {
            blocked();
            await drained;
          }
        }
      }
      response.end(doneChunk);
    };
    const response = await gateway.rawChat(CHAT).response;
    response.pause();
    await isBlocked;
    expect(written).toBeLessThan(most);

    // And once it reads, everything arrives.
    let bytes = 0;
    for await (const chunk of response) {
      bytes += chunk.length;
    }
    expect(bytes).toBe(most * event.length + doneChunk.length);
  });

  it('counts the usage that an answer brings, streamed or not', async () => {
    upstream.answer = response => {
      streamHeaders(response);
      response.write(chatChunk('"usage":{"prompt_tokens":999}'));
      response.end(usageChunk + doneChunk);
    };
    await (await gateway.chat(CHAT)).text();
    upstream.answer = response => {
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          choices: [],
          usage: {
            prompt_tokens: 10,
            completion_tokens: 5,
            prompt_tokens_details: null,
          },
        }),
      );
    };
    await (await gateway.chat({ model: 'smol' })).text();

    expect(await gateway.metric(/tokens_total.*direction="in"/)).toBe(
      'llm_gateway_tokens_total{team="quant",model="smol",key="k1",direction="in",service="gateway"} 17',
    );
    expect(await gateway.metric(/tokens_total.*direction="out"/)).toMatch(
      / 8$/,
    );
  });

  it('tells running streams when a shutdown can wait no longer', async () => {
    upstream.answer = response => {
      streamHeaders(response);
      response.write(chatChunk('Par'));
    };
    const arrived = upstream.nextRequest();
    const response = await gateway.chat(CHAT);
    const reader = response.body!.getReader();
    await reader.read();
    gateway.gateway.endStreams();
    const { value } = await reader.read();
    expect(Buffer.from(value!).toString()).toContain('"code":"shutting_down"');
    expect((await reader.read()).done).toBe(true);
    await (
      await arrived
    ).aborted;
  });

  it('waits for nobody who does not let it end', async () => {
    upstream.answer = response => {
      streamHeaders(response);
      for (let i = 0; i < 400; i += 1) {
        response.write(chatChunk('x'.repeat(64 * 1024)));
      }
    };
    const { response } = gateway.rawChat(CHAT);
    const unread = await response;
    unread.on('error', () => {});
    unread.pause();
    const { port } = gateway.gateway.app.server.address() as AddressInfo;
    const begun = new Promise(resolve => {
      gateway.gateway.app.server.once('request', resolve);
    });
    const unsent = net.connect(port, '127.0.0.1');
    unsent.on('error', () => {});
    unsent.write(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: g\r\nx-api-key: ${QUANT_KEY}\r\ncontent-length: 9\r\n\r\n{`,
    );
    await begun;
    const closing = gateway.gateway.app.close();
    gateway.gateway.endStreams();
    await expect(closing).resolves.toBeUndefined();
  });

  it('lets running streams finish when it is closed', async () => {
    let finish = () => {};
    const finished = new Promise<void>(resolve => {
      finish = resolve;
    });
    upstream.answer = async response => {
      streamHeaders(response);
      response.write(chatChunk('Par'));
      await finished;
      response.end(doneChunk);
    };
    const response = await gateway.chat(CHAT);
    const closing = gateway.gateway.app.close();
    finish();
    expect(await response.text()).toBe(chatChunk('Par') + doneChunk);
    await closing;
  });
});

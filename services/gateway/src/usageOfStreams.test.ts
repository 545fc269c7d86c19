import {
  chatChunk,
  doneChunk,
  FakeUpstream,
  usageChunk,
} from './testing/FakeUpstream';
import { QUANT_KEY, routeTo, TestGateway } from './testing/TestGateway';

describe('the usage of streams that did not ask for it', () => {
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

  /** Answers with these bytes in pieces of a size. */
  function streamOf(text: string, pieceSize: number) {
    upstream.answer = async response => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; at += pieceSize) {
        response.write(bytes.subarray(at, at + pieceSize));
        await new Promise(resolve => setImmediate(resolve));
      }
      response.end();
    };
  }

  const tokensIn = () => gateway.metric(/tokens_total.*direction="in"/);

  it.each([1, 7, 64, 100_000])(
    'is counted and taken out of the stream, in pieces of %i bytes',
    async size => {
      const before = [chatChunk('Pa'), ': ping\n\n', chatChunk('é"usage"')];
      streamOf([...before, usageChunk, doneChunk].join(''), size);
      const response = await gateway.chat(
        '{ "model": "smol", "stream": true, "messages":[], "top_p": 1.0 }',
      );
      expect(await response.text()).toBe([...before, doneChunk].join(''));
      expect(upstream.received[0].body).toBe(
        '{"stream_options":{"include_usage":true}, "model": "smol", "stream": true, "messages":[], "top_p": 1.0 }',
      );
      expect(await tokensIn()).toMatch(/ 7$/);
    },
  );

  it('is asked for beside other options, and under another model name', async () => {
    gateway.setRoutes([routeTo(upstream.origin, { servedName: 'org/Smol' })]);
    streamOf(usageChunk + doneChunk, 100_000);
    const response = await gateway.chat(
      '{"stream_options":{"x":1},"model":"smol","stream":true}',
    );
    expect(await response.text()).toBe(doneChunk);
    expect(upstream.received[0].body).toBe(
      '{"stream_options":{"include_usage":true,"x":1},"model":"org/Smol","stream":true}',
    );
  });

  it.each(['1', '"true"', '"On"'])(
    'is asked for where the stream is asked for by %s, which vLLM takes',
    async stream => {
      streamOf(usageChunk + doneChunk, 100_000);
      const response = await gateway.chat(
        `{"model":"smol","stream":${stream}}`,
      );
      expect(await response.text()).toBe(doneChunk);
      expect(upstream.received[0].body).toBe(
        `{"stream_options":{"include_usage":true},"model":"smol","stream":${stream}}`,
      );
      expect(await tokensIn()).toMatch(/ 7$/);
    },
  );

  it('stays in a stream that asks for it', async () => {
    streamOf(usageChunk + doneChunk, 100_000);
    const body =
      '{"model":"smol","stream":true,"stream_options":{"include_usage":true}}';
    const response = await gateway.chat(body);
    expect(await response.text()).toBe(usageChunk + doneChunk);
    expect(upstream.received[0].body).toBe(body);
    expect(await tokensIn()).toMatch(/ 7$/);
  });

  it('is asked for of completions too, and of nothing else', async () => {
    streamOf(doneChunk, 100_000);
    const post = async (path: string, body: string) => {
      const response = await fetch(`${gateway.url}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${QUANT_KEY}` },
        body,
      });
      await response.text();
    };
    await post('/v1/completions', '{"model":"smol","stream":true}');
    await post('/v1/embeddings', '{"model":"smol","stream":true}');
    await post('/v1/chat/completions', '{"model":"smol","stream":false}');
    await post('/v1/chat/completions', '{"model":"smol","stream":"perhaps"}');
    expect(upstream.received.map(request => request.body)).toEqual([
      '{"stream_options":{"include_usage":true},"model":"smol","stream":true}',
      '{"model":"smol","stream":true}',
      '{"model":"smol","stream":false}',
      '{"model":"smol","stream":"perhaps"}',
    ]);
  });

  it('leaves an answer alone that is no stream', async () => {
    const body = `{"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":0}}`;
    upstream.answer = response => {
      response.setHeader('content-type', 'application/json');
      response.end(body);
    };
    const response = await gateway.chat({ model: 'smol', stream: true });
    expect(await response.text()).toBe(body);
  });
});

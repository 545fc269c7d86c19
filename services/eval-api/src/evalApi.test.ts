import { appendFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  FakeVllm,
  sendVllmError,
  startTestService,
  until,
  type TestService,
} from '@llm-platform/service-kit/testing';
import { evalApi } from './evalApi';

interface ServerEvent {
  id: string;
  event: string;
  data: Record<string, unknown>;
}

function eventsIn(text: string): ServerEvent[] {
  return text
    .split('\n\n')
    .filter(block => block.startsWith('id: '))
    .map(block => {
      const [id, event, data] = block
        .split('\n')
        .map(line => line.slice(line.indexOf(': ') + 2));
      return { id, event, data: JSON.parse(data) };
    });
}

const items = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    inputs: `question ${i + 1}`,
    expected: `answer ${i + 1}`,
  }));

// Real HTTP and files, on machines that have other work.
jest.setTimeout(30_000);

describe('eval-api', () => {
  let directory: string;
  let vllm: FakeVllm;
  let service: TestService;

  const start = async (env: Record<string, string> = {}) => {
    service = await startTestService(evalApi, {
      VLLM_BASE_URL: vllm.baseUrl,
      DATA_DIR: directory,
      ...env,
    });
  };
  const create = async (set: object) => {
    const answer = await service.post('/evaluations', {
      scorers: [{ type: 'exact_match' }],
      items: items(3),
      ...set,
    });
    expect(answer.status).toBe(202);
    expect(answer.headers.get('location')).toBe(
      `/evaluations/${answer.json.id}`,
    );
    return answer.json.id as string;
  };
  const read = async (id: string) =>
    (await service.get(`/evaluations/${id}`)).json;
  const untilOver = async (id: string) => {
    await until(async () =>
      ['completed', 'cancelled', 'failed'].includes((await read(id)).status),
    );
    return read(id);
  };

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'eval-api-'));
    vllm = await FakeVllm.start();
    vllm.say = prompt => prompt.replace('question', 'answer');
  });

  afterEach(async () => {
    await service?.stop();
    await vllm.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('runs a set in the background and scores the answers', async () => {
    await start();
    vllm.say = prompt =>
      prompt.includes('3') ? 'no idea' : prompt.replace('question', 'Answer');
    const id = await create({
      name: 'three',
      scorers: [
        { type: 'exact_match', ignore_case: true },
        { type: 'contains' },
        { type: 'regex', pattern: '^[Aa]nswer \\d+$' },
      ],
    });
    const done = await untilOver(id);
    expect(done).toMatchObject({
      id,
      name: 'three',
      status: 'completed',
      counts: { total: 3, done: 3, passed: 0, failed: 3, errors: 0 },
      scorers: [
        { scorer: 'exact_match', passed: 2, failed: 1, undecided: 0 },
        { scorer: 'contains', passed: 0, failed: 3, undecided: 0 },
        { scorer: 'regex', passed: 2, failed: 1, undecided: 0 },
      ],
    });
    expect(done.results[0]).toEqual({
      id: '1',
      inputs: 'question 1',
      expected: 'answer 1',
      passed: false,
      scores: [
        { scorer: 'exact_match', passed: true },
        { scorer: 'contains', passed: false },
        { scorer: 'regex', passed: true },
      ],
      generated_text: 'Answer 1',
      model_version: 'smol',
      latency_ms: expect.any(Number),
    });
    expect(vllm.calls[0].body).toMatchObject({ temperature: 0 });
    expect((await service.get('/evaluations')).json.evaluations).toEqual([
      expect.objectContaining({ id, status: 'completed' }),
    ]);
  });

  it('keeps one trace from the request to the model', async () => {
    await start();
    const traceId = 'c'.repeat(32);
    const answer = await service.post(
      '/evaluations',
      { scorers: [{ type: 'contains' }], items: items(1) },
      { headers: { traceparent: `00-${traceId}-${'d'.repeat(16)}-01` } },
    );
    const { id } = answer.json;
    await untilOver(id);
    expect(vllm.calls[0].headers.traceparent).toContain(traceId);
    expect(vllm.calls[0].headers['x-request-id']).toBe(`${id}-1`);
    const lines = service
      .logged()
      .filter(line => line.trace_id === traceId)
      .map(line => line.msg);
    expect(lines).toEqual(
      expect.arrayContaining([
        'request',
        'evaluation begins',
        'evaluation ends',
      ]),
    );
    expect(JSON.stringify(service.logged())).not.toContain('question 1');
  });

  it('lets a judge mark, and says unknown where the mark is none', async () => {
    await start();
    vllm.models.push({ id: 'judge-7b' });
    vllm.say = (prompt, model) => {
      if (model === 'smol') {
        return prompt;
      }
      return [' 5', 'Mark: 2 of 5', 'splendid', '9'][
        Number(/Answer to mark:\nquestion (\d)/.exec(prompt)?.[1]) - 1
      ];
    };
    const id = await create({
      scorers: [{ type: 'judge', variant: 'judge-7b', criteria: 'brevity' }],
      items: items(4),
    });
    const done = await untilOver(id);
    expect(
      done.results.map((result: { scores: unknown[] }) => result.scores[0]),
    ).toEqual([
      { scorer: 'judge', passed: true, mark: 5 },
      { scorer: 'judge', passed: false, mark: 2 },
      { scorer: 'judge', passed: null, error: 'judge_unreadable' },
      { scorer: 'judge', passed: null, error: 'judge_unreadable' },
    ]);
    expect(done.counts).toMatchObject({ passed: 1, failed: 1, errors: 2 });
    expect(done.scorers[0].mean_mark).toBe(3.5);
    const asked = vllm.calls.find(call => call.body?.model === 'judge-7b');
    expect(asked?.body?.prompt).toContain('What counts: brevity');
    expect(asked?.body?.prompt).toContain('Expected answer:\nanswer ');
  });

  it('is not held up by a catastrophic pattern', async () => {
    await start();
    vllm.say = () => `${'a'.repeat(60)}!`;
    const id = await create({
      scorers: [{ type: 'regex', pattern: '^(a+)+$' }],
      items: [
        { inputs: 'x' },
        { inputs: 'y', pattern: '^a+!$' },
        { inputs: 'z', pattern: 'b' },
      ],
    });
    const done = await untilOver(id);
    expect(
      done.results.map((result: { scores: unknown[] }) => result.scores[0]),
    ).toEqual([
      { scorer: 'regex', passed: null, error: 'regex_too_expensive' },
      { scorer: 'regex', passed: true },
      { scorer: 'regex', passed: false },
    ]);
  });

  it('asks no more items at once than it may', async () => {
    await start({ CONCURRENCY: '2' });
    let atOnce = 0;
    let most = 0;
    vllm.answer = async (request, response) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      // Time for others to come, if they would.
      await new Promise(resolve => setTimeout(resolve, 200));
      atOnce -= 1;
      vllm.generate(request, response);
    };
    await untilOver(await create({ items: items(6) }));
    expect(most).toBe(2);
  });

  it('goes on after a restart without asking again for what it has', async () => {
    await start({ CONCURRENCY: '1' });
    let stuck = false;
    vllm.answer = (request, response) => {
      if (vllm.calls.length === 3) {
        stuck = true;
        return;
      }
      vllm.generate(request, response);
    };
    const id = await create({ items: items(5) });
    await until(() => stuck);
    expect(await read(id)).toMatchObject({
      status: 'running',
      counts: { total: 5, done: 2 },
    });
    await service.stop();
    // As if the process had died in the middle of a line.
    await appendFile(join(directory, id, 'results.jsonl'), '{"id":"3","pas');
    await writeFile(join(directory, 'half.tmp'), 'x');

    vllm.answer = undefined;
    await start();
    const done = await untilOver(id);
    expect(done).toMatchObject({
      status: 'completed',
      counts: { total: 5, done: 5, passed: 5 },
    });
    expect(vllm.calls.map(call => call.body?.prompt)).toEqual([
      'question 1',
      'question 2',
      'question 3',
      'question 3',
      'question 4',
      'question 5',
    ]);
    expect(await readdir(directory)).toEqual([id]);
    await service.stop();
    await start();
    expect(await read(id)).toEqual(done);
  });

  it('streams progress that can be taken up again, also after a restart', async () => {
    await start({ CONCURRENCY: '1' });
    let release = () => {};
    const released = new Promise<void>(resolve => {
      release = resolve;
    });
    vllm.answer = async (request, response) => {
      if (vllm.calls.length === 2) {
        await released;
      }
      vllm.generate(request, response);
    };
    const id = await create({});
    const path = `/evaluations/${id}/events`;
    const response = await fetch(`${service.baseUrl}${path}`);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('cache-control')).toContain('no-transform');
    const reader = response.body
      ?.pipeThrough(new TextDecoderStream())
      .getReader();
    const first = await reader?.read();
    // It comes while the second item is still being asked.
    expect(eventsIn(first?.value ?? '')).toEqual([
      {
        id: '1',
        event: 'result',
        data: {
          item: '1',
          passed: true,
          latency_ms: expect.any(Number),
          done: 1,
          total: 3,
        },
      },
    ]);
    await reader?.cancel();
    release();
    await untilOver(id);

    const resumed = async (lastEventId: string) => {
      const answer = await service.get(path, { 'last-event-id': lastEventId });
      return { status: answer.status, events: eventsIn(answer.text) };
    };
    const rest = await resumed('1');
    expect(rest.events.map(({ id: number, event }) => [number, event])).toEqual(
      [
        ['2', 'result'],
        ['3', 'result'],
        ['end', 'end'],
      ],
    );
    expect(rest.events[2].data).toMatchObject({
      status: 'completed',
      counts: { done: 3, passed: 3 },
    });
    await service.stop();
    await start();
    expect(await resumed('1')).toEqual(rest);
    expect((await resumed('end')).status).toBe(204);
    expect((await resumed('x')).status).toBe(400);
  });

  it('ends streams when it is asked to stop', async () => {
    await start();
    vllm.answer = () => {};
    const id = await create({});
    const response = await fetch(`${service.baseUrl}/evaluations/${id}/events`);
    const text = response.text();
    await service.app.close();
    expect(eventsIn(await text)).toEqual([]);
  });

  it('cancels what runs or waits, and deletes what is over', async () => {
    await start({ CONCURRENCY: '1' });
    vllm.answer = (request, response) => {
      if (vllm.calls.length === 1) {
        vllm.generate(request, response);
      }
    };
    const running = await create({});
    const waiting = await create({});
    await until(() => vllm.calls.length === 2);
    const remove = (id: string) =>
      fetch(`${service.baseUrl}/evaluations/${id}`, { method: 'DELETE' });

    expect(await (await remove(waiting)).json()).toMatchObject({
      status: 'cancelled',
      counts: { done: 0 },
    });
    expect(await (await remove(running)).json()).toMatchObject({
      status: 'cancelled',
      counts: { done: 1 },
    });
    // The model is told too.
    await vllm.calls[1].aborted;
    expect((await read(running)).results).toHaveLength(1);
    vllm.answer = undefined;
    expect((await untilOver(await create({}))).status).toBe('completed');

    expect((await remove(running)).status).toBe(204);
    expect((await service.get(`/evaluations/${running}`)).status).toBe(404);
    expect((await remove(running)).status).toBe(404);
    await service.stop();
    await start();
    expect((await service.get('/evaluations')).json.evaluations).toHaveLength(
      2,
    );
  });

  it('tells of items without an answer, and goes on', async () => {
    await start();
    vllm.answer = (request, response) =>
      request.body?.prompt === 'question 2'
        ? sendVllmError(response, 400, 'maximum context length is 8 tokens')
        : vllm.generate(request, response);
    const done = await untilOver(await create({}));
    expect(done.counts).toEqual({
      total: 3,
      done: 3,
      passed: 2,
      failed: 0,
      errors: 1,
    });
    expect(done.results[1]).toMatchObject({
      passed: null,
      error: {
        error: 'context_length_exceeded',
        message: 'maximum context length is 8 tokens',
      },
    });
  });

  it('answers in Markdown, in which answers are nothing but text', async () => {
    await start();
    vllm.say = () => '<script>|x|\n# [a](b) `c`';
    const id = await create({ name: 'a|b', items: items(1) });
    await untilOver(id);
    const path = `/evaluations/${id}`;
    const byHeader = await service.get(path, { accept: 'text/markdown' });
    expect(byHeader.headers.get('content-type')).toContain('text/markdown');
    expect((await service.get(`${path}?format=md`)).text).toBe(byHeader.text);
    expect(byHeader.text).toContain('# a\\|b');
    expect(byHeader.text).toContain('Done: 1 of 1');
    expect(byHeader.text).toContain(
      '| 1 | failed | question 1 | answer 1 | \\<script\\>\\|x\\| \\# \\[a\\]\\(b\\) \\`c\\` |',
    );
    expect(
      (await service.get(`${path}?format=json`, { accept: 'text/markdown' }))
        .json.id,
    ).toBe(id);
    expect((await service.get(`${path}?format=pdf`)).status).toBe(400);
  });

  it.each([
    [{ items: [] }, /^items: /],
    [{ items: items(1001) }, /^items: /],
    [{ items: [{ inputs: 'x' }] }, /items.0.expected: .*exact_match/],
    [{ scorers: [] }, /^scorers: /],
    [{ scorers: [{ type: 'magic' }] }, /^scorers.0/],
    [{ scorers: [{ type: 'regex' }] }, /items.0.pattern: the regex scorer/],
    [
      { scorers: [{ type: 'regex', pattern: '(' }] },
      /scorers.0.pattern: .*valid/,
    ],
    [
      { scorers: [{ type: 'regex', pattern: 'a'.repeat(1001) }] },
      /scorers.0.pattern/,
    ],
    [
      { scorers: [{ type: 'contains' }, { type: 'contains' }] },
      /scorers.1: there is a contains scorer/,
    ],
    [
      {
        items: [
          { id: '2', inputs: 'x', expected: '' },
          { inputs: 'x', expected: '' },
        ],
      },
      /items.1.id: another item is called '2'/,
    ],
    [{ surprise: 1 }, /surprise/],
  ])('refuses %p', async (set, message) => {
    await start();
    const answer = await service.post('/evaluations', {
      scorers: [{ type: 'exact_match' }],
      items: items(3),
      ...set,
    });
    expect(answer.status).toBe(400);
    expect(answer.json.error).toBe('invalid_request');
    expect(answer.json.message).toMatch(message);
    expect(await readdir(directory)).toEqual([]);
  });

  it('refuses variants that there are not, of the set and of the judge', async () => {
    await start();
    for (const set of [
      { variant: 'other', scorers: [{ type: 'contains' }] },
      { scorers: [{ type: 'judge', variant: 'other' }] },
    ]) {
      const answer = await service.post('/evaluations', {
        items: items(1),
        ...set,
      });
      expect(answer.status).toBe(404);
      expect(answer.json.message).toBe(
        "There is no variant 'other'. It has: smol.",
      );
    }
  });

  it('makes room by forgetting the oldest that is over, never one that is not', async () => {
    await start({ MAX_EVALUATIONS: '2' });
    const first = await create({});
    await untilOver(first);
    const second = await create({});
    await untilOver(second);
    vllm.answer = () => {};
    const third = await create({});
    expect((await service.get(`/evaluations/${first}`)).status).toBe(404);
    const fourth = await create({});
    const full = await service.post('/evaluations', {
      scorers: [{ type: 'contains' }],
      items: items(1),
    });
    expect(full.status).toBe(507);
    expect(full.json.error).toBe('storage_full');
    expect(
      (await service.get('/evaluations')).json.evaluations
        .map(({ id }: { id: string }) => id)
        .sort(),
    ).toEqual([third, fourth].sort());
  });

  it('keeps no more bytes than it may', async () => {
    await start({ MAX_STORED_BYTES: String(1024 * 1024) });
    const large = { items: [{ inputs: 'x'.repeat(600_000), expected: '' }] };
    vllm.say = () => 'short';
    const first = await create(large);
    await untilOver(first);
    await untilOver(await create(large));
    expect((await service.get(`/evaluations/${first}`)).status).toBe(404);
    const answer = await service.post('/evaluations', {
      scorers: [{ type: 'contains' }],
      items: [{ inputs: 'x'.repeat(1_100_000), expected: '' }],
    });
    expect(answer.status).toBe(507);
  });

  it('lets only so many wait', async () => {
    await start();
    vllm.answer = () => {};
    await create({});
    await until(() => vllm.calls.length > 0);
    for (let i = 0; i < 20; i += 1) {
      await create({ items: items(1) });
    }
    const answer = await service.post('/evaluations', {
      scorers: [{ type: 'contains' }],
      items: items(1),
    });
    expect(answer.status).toBe(429);
    expect(answer.json.error).toBe('too_many_evaluations');
    expect(answer.headers.get('retry-after')).toBe('30');
  });

  it('does not start with a directory that it cannot write to', async () => {
    const file = join(directory, 'file');
    await writeFile(file, '');
    await expect(start({ DATA_DIR: join(file, 'data') })).rejects.toThrow(
      /DATA_DIR: '.*' is not a directory that can be written to \(ENOTDIR\)/,
    );
    service = undefined as unknown as TestService;
    await rm(file);
  });
});

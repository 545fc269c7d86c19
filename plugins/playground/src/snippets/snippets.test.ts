import { curlSnippet, pythonSnippet } from './snippets';

const request = {
  cluster: 'embedded',
  model: 'smollm2',
  messages: [{ role: 'user' as const, content: 'What\'s new?\n"Nothing"' }],
  temperature: 0.7,
  seed: undefined,
};

describe('snippets', () => {
  it('quotes for a shell', () => {
    const code = curlSnippet(request, 'http://127.0.0.1:30080/');
    expect(code).toContain('http://127.0.0.1:30080/v1/chat/completions');
    expect(code).toContain('$LLM_PLATFORM_API_KEY');
    const body = /-d '([\s\S]*)'$/.exec(code)?.[1].replace(/'\\''/g, "'");
    expect(JSON.parse(body ?? '')).toEqual({
      model: 'smollm2',
      messages: request.messages,
      temperature: 0.7,
      stream: true,
    });
  });

  it('writes Python without what is left to the server', () => {
    const code = pythonSnippet(request, 'http://127.0.0.1:30080');
    expect(code).toContain('base_url="http://127.0.0.1:30080/v1"');
    expect(code).toContain('os.environ["LLM_PLATFORM_API_KEY"]');
    expect(code).toContain('"content": "What\'s new?\\n\\"Nothing\\""');
    expect(code).not.toContain('seed');
    expect(code).not.toContain('cluster');
  });
});

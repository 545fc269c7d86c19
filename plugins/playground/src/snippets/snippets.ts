import type { ChatRequest } from '../api';

/** Environment variable that the snippets read the application key from. */
export const KEY_VARIABLE = 'LLM_PLATFORM_API_KEY';

function payload(request: ChatRequest): Omit<ChatRequest, 'cluster'> {
  const { cluster: _cluster, ...rest } = request;
  return rest;
}

/** The same request for a terminal. */
export function curlSnippet(request: ChatRequest, gatewayUrl: string): string {
  const body = JSON.stringify({ ...payload(request), stream: true }, null, 2)
    // Inside single quotes a shell only minds the quote itself
    .replace(/'/g, `'\\''`);
  return [
    `curl -N ${base(gatewayUrl)}/v1/chat/completions \\`,
    `  -H "Authorization: Bearer $${KEY_VARIABLE}" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '${body}'`,
  ].join('\n');
}

function python(value: unknown, indent: string): string {
  if (Array.isArray(value)) {
    const inner = value
      .map(item => `${indent}    ${python(item, `${indent}    `)},`)
      .join('\n');
    return `[\n${inner}\n${indent}]`;
  }
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${JSON.stringify(key)}: ${python(item, indent)}`)
      .join(', ')}}`;
  }
  // JSON's strings and numbers are Python's too
  return JSON.stringify(value);
}

/** The same request with OpenAI's Python client. */
export function pythonSnippet(
  request: ChatRequest,
  gatewayUrl: string,
): string {
  const args = Object.entries(payload(request))
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `    ${key}=${python(value, '    ')},`);
  return [
    'import os',
    'from openai import OpenAI',
    '',
    'client = OpenAI(',
    `    base_url="${base(gatewayUrl)}/v1",`,
    `    api_key=os.environ["${KEY_VARIABLE}"],`,
    ')',
    '',
    'stream = client.chat.completions.create(',
    ...args,
    '    stream=True,',
    ')',
    'for chunk in stream:',
    '    if chunk.choices:',
    '        print(chunk.choices[0].delta.content or "", end="", flush=True)',
  ].join('\n');
}

function base(url: string): string {
  return url.replace(/\/+$/, '');
}

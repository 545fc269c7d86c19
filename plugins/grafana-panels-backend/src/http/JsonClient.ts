import { request, type Dispatcher } from 'undici';
import { QueryFailure } from '../failures';

/** An error's text is shown to people; a proxy's error page is not. */
const MAX_ERROR_BYTES = 64 * 1024;

/** What a server said, when it said it in JSON. */
export interface JsonAnswer {
  status: number;
  /** Undefined when the body was no JSON. */
  body: unknown;
  bytes: number;
}

export interface JsonRequest {
  method?: 'GET' | 'POST';
  /** Below the base URL, with its segments encoded. */
  path: string;
  /** In the URL of a GET, in the body of a POST. Values that are lists are repeated. */
  params?: Record<string, string | string[] | undefined>;
  maxBytes: number;
  signal: AbortSignal;
}

/** Asks one server for JSON, with a limit on size and time. Follows no redirects: they could lead anywhere. */
export class JsonClient {
  /** How the server is called in messages. */
  readonly name: string;
  readonly #baseUrl: string;
  readonly #headers: Record<string, string>;
  readonly #dispatcher: Dispatcher;

  constructor(options: {
    name: string;
    baseUrl: string;
    headers?: Record<string, string>;
    dispatcher: Dispatcher;
  }) {
    this.name = options.name;
    this.#baseUrl = options.baseUrl.replace(/\/+$/, '');
    this.#headers = options.headers ?? {};
    this.#dispatcher = options.dispatcher;
  }

  /** The same server, below a path. */
  at(path: string, name: string): JsonClient {
    return new JsonClient({
      name,
      baseUrl: `${this.#baseUrl}${path}`,
      headers: this.#headers,
      dispatcher: this.#dispatcher,
    });
  }

  /** Throws a QueryFailure: `timeout`, `unreachable` or `too_large`. Any status is an answer. */
  async ask(options: JsonRequest): Promise<JsonAnswer> {
    try {
      const { statusCode, body } = await this.#send(options);
      const isError = statusCode >= 400;
      const bytes = await readCapped(
        body,
        isError ? MAX_ERROR_BYTES : options.maxBytes,
        this.name,
      );
      return {
        status: statusCode,
        body: parseJson(bytes),
        bytes: bytes.length,
      };
    } catch (error) {
      throw this.#failure(error, options.signal);
    }
  }

  #send(options: JsonRequest): Promise<Dispatcher.ResponseData> {
    const { method = 'GET', path, signal } = options;
    const params = encode(options.params ?? {});
    const isGet = method === 'GET';
    return request(
      `${this.#baseUrl}${path}${isGet && params ? `?${params}` : ''}`,
      {
        method,
        signal,
        dispatcher: this.#dispatcher,
        headers: {
          accept: 'application/json',
          ...this.#headers,
          ...(!isGet && {
            'content-type': 'application/x-www-form-urlencoded',
          }),
        },
        body: isGet ? undefined : params,
      },
    );
  }

  #failure(error: unknown, signal: AbortSignal): QueryFailure {
    if (error instanceof QueryFailure) {
      return error;
    }
    const code = (error as { code?: unknown }).code;
    if (
      signal.aborted ||
      code === 'UND_ERR_HEADERS_TIMEOUT' ||
      code === 'UND_ERR_BODY_TIMEOUT'
    ) {
      return new QueryFailure(
        'timeout',
        `${this.name} did not answer in time. Choose a shorter range or a simpler query, or try again later.`,
      );
    }
    return new QueryFailure(
      'unreachable',
      `${this.name} can't be reached${
        typeof code === 'string' ? ` (${code})` : ''
      }.`,
    );
  }
}

function encode(params: Record<string, string | string[] | undefined>): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    for (const item of [value ?? []].flat()) {
      search.append(key, item);
    }
  }
  return search.toString();
}

async function readCapped(
  body: AsyncIterable<Uint8Array> & { destroy(): unknown },
  maxBytes: number,
  name: string,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) {
      body.destroy();
      throw new QueryFailure(
        'too_large',
        `${name} answered with more than ${Math.round(
          maxBytes / 1024,
        )} KiB. Ask for less: a shorter range, or fewer series.`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

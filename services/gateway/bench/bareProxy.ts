// The peer: a bare proxy as one writes it with undici, `request` and
// `pipeline`. It knows no keys, limits, routes, usage, metrics or log.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import { Pool, type Dispatcher } from 'undici';

const pool = new Pool(process.argv[2], { pipelining: 1 });

const server = http.createServer(async (request, response) => {
  const { host, connection, ...headers } = request.headers;
  try {
    const answer = await pool.request({
      path: request.url ?? '/',
      method: request.method as Dispatcher.HttpMethod,
      headers,
      body: request,
    });
    const { connection: _, 'keep-alive': __, ...rest } = answer.headers;
    delete rest['transfer-encoding'];
    response.writeHead(answer.statusCode, rest);
    pipeline(answer.body, response, () => {});
  } catch {
    response.destroy();
  }
});
server.listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.once('SIGTERM', () => process.exit(0));
// Whoever started it is gone.
process.once('disconnect', () => process.exit(0));

// For comparison: the leanest proxy that Node and undici make, by undici's
// lowest interface, which the gateway uses as well. It passes on
// what it gets, waits for slow clients and gives up for clients that left;
// it knows no keys, limits, routes, usage, metrics or log.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool, type Dispatcher } from 'undici';

const origin = process.argv[2];
const pool = new Pool(origin, { pipelining: 1 });

class Passage implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined;

  constructor(private readonly response: http.ServerResponse) {
    response.on('close', () => {
      if (!response.writableFinished) {
        this.controller?.abort(new Error('the client left'));
      }
    });
  }

  onRequestStart(controller: Dispatcher.DispatchController) {
    this.controller = controller;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: http.IncomingHttpHeaders,
  ) {
    const { connection, 'keep-alive': keepAlive, ...rest } = headers;
    delete rest['transfer-encoding'];
    this.response.writeHead(status, rest);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer) {
    if (!this.response.write(chunk)) {
      controller.pause();
      this.response.once('drain', () => controller.resume());
    }
  }

  onResponseEnd() {
    this.response.end();
  }

  onResponseError() {
    this.response.destroy();
  }
}

const server = http.createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', chunk => chunks.push(chunk));
  request.on('end', () => {
    const { host, connection, ...headers } = request.headers;
    pool.dispatch(
      {
        path: request.url ?? '/',
        method: request.method as Dispatcher.HttpMethod,
        headers,
        body: chunks.length === 1 ? chunks[0] : Buffer.concat(chunks),
      },
      new Passage(response),
    );
  });
});
server.listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.once('SIGTERM', () => process.exit(0));
// Whoever started it is gone.
process.once('disconnect', () => process.exit(0));

import http from 'node:http';
import { errorMessage } from '../errors';
import { METRICS_TYPE } from './family';

/** What stops a server. */
export type Close = () => Promise<void>;

/**
 * Serves metrics at `/metrics`, and that it is well at any other path. Rejects
 * where the address can't be had.
 */
export async function serveMetrics(
  address: { host: string; port: number },
  read: () => Promise<string>,
): Promise<Close> {
  const server = http.createServer((request, response) => {
    const [path] = (request.url ?? '/').split('?');
    if (path !== '/metrics') {
      response.writeHead(200, { 'content-type': 'text/plain' }).end('ok\n');
      return;
    }
    read().then(
      text =>
        response.writeHead(200, { 'content-type': METRICS_TYPE }).end(text),
      error =>
        response
          .writeHead(500, { 'content-type': 'text/plain' })
          .end(`${errorMessage(error)}\n`),
    );
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(address.port, address.host, () => {
      server.off('error', fail);
      done();
    });
  });
  return () =>
    new Promise(done => {
      server.closeAllConnections();
      server.close(() => done());
    });
}

import type { Express } from 'express';
import { createServer } from 'http';
import type { AddressInfo } from 'net';

/** Serves an app on a free port of this machine. */
export class ListeningServer {
  readonly #server = createServer();

  async listen(app: Express): Promise<void> {
    this.#server.on('request', app);
    await new Promise<void>(resolve => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }
}

import net from 'node:net';
import { UserError } from './errors.mjs';

/** Throws with the way out when a port of 127.0.0.1 can't be listened on. */
export async function checkPortFree(port) {
  const error = await new Promise(resolve => {
    const server = net.createServer();
    server.once('error', resolve);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => resolve(undefined)),
    );
  });
  if (!error) {
    return;
  }
  if (error.code === 'EACCES') {
    throw new UserError(
      `Port ${port} needs more rights than this user has.`,
      'Choose one above 1023: npm start -- --port 7008',
    );
  }
  throw new UserError(
    `Port ${port} is in use by another program.`,
    `Stop it ("ss -ltnp 'sport = :${port}'" names it), or choose another port: npm start -- --port ${
      port + 1
    }`,
  );
}

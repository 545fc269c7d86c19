import type http from 'node:http';
import type { Socket } from 'node:net';

/**
 * Makes a server take a connection for idle only once the last answer on it
 * was sent. Node's own idea is that it is idle as soon as the answer has been
 * written, and whoever reads slowly loses its end when the server closes.
 */
export function keepUnsentAnswers(server: http.Server): void {
  const open = new Set<Socket>();
  const answering = new Map<Socket, number>();
  server.on('connection', socket => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  server.on('request', (_request, response) => {
    const { socket } = response;
    if (!socket) {
      return;
    }
    answering.set(socket, (answering.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const left = (answering.get(socket) ?? 1) - 1;
      if (left > 0) {
        answering.set(socket, left);
      } else {
        answering.delete(socket);
      }
    });
  });
  // What `close` of Node and of Fastify call.
  server.closeIdleConnections = () => {
    for (const socket of open) {
      if (!answering.has(socket)) {
        // After what is still to be sent.
        socket.destroySoon();
      }
    }
  };
}

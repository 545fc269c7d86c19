import type http from 'node:http';
import type { Socket } from 'node:net';

/**
 * Makes a server take a connection for idle only once the last answer on it
 * was sent. Node's own idea is that it is idle as soon as the answer has been
 * written, and whoever reads slowly loses its end when the server closes.
 */
export function keepUnsentAnswers(server: http.Server): void {
  // How many answers each open connection is still to be sent. Entries stay as
  // long as the connection: a map that changes with every request keeps V8
  // making new tables.
  const answering = new Map<Socket, number>();
  server.on('connection', socket => {
    answering.set(socket, 0);
    socket.once('close', () => answering.delete(socket));
  });
  server.on('request', (_request, response) => {
    const { socket } = response;
    const begun = socket ? answering.get(socket) : undefined;
    if (!socket || begun === undefined) {
      return;
    }
    answering.set(socket, begun + 1);
    response.once('close', () => {
      const left = answering.get(socket);
      if (left !== undefined) {
        answering.set(socket, left - 1);
      }
    });
  });
  // What `close` of Node and of Fastify call.
  server.closeIdleConnections = () => {
    for (const [socket, answers] of answering) {
      if (answers === 0) {
        // After what is still to be sent.
        socket.destroySoon();
      }
    }
  };
}

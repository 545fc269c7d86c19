// The model of the bench: canned answers, as fast as Node gives them.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { doneEvent, jsonAnswer, streamedAnswer, usageEvent } from './answers';

/** Writes event by event, each in a turn of its own as from a model. */
function stream(response: http.ServerResponse, withUsage: boolean) {
  const events = [
    ...streamedAnswer,
    ...(withUsage ? [usageEvent] : []),
    doneEvent,
  ];
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  let next = 0;
  const write = () => {
    if (response.destroyed) {
      return;
    }
    response.write(events[next]);
    next += 1;
    if (next < events.length) {
      setImmediate(write);
    } else {
      response.end();
    }
  };
  write();
}

const server = http.createServer((request, response) => {
  let body = '';
  request.setEncoding('latin1');
  request.on('data', text => {
    body += text;
  });
  request.on('end', () => {
    if (body.includes('"stream":true')) {
      stream(response, body.includes('include_usage'));
    } else {
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': jsonAnswer.length,
      });
      response.end(jsonAnswer);
    }
  });
});
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.once('SIGTERM', () => process.exit(0));
// Whoever started it is gone.
process.once('disconnect', () => process.exit(0));

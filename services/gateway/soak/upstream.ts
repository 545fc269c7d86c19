// The model of the soak: streams whose every event says which it is. It dies
// when it is killed and is started again by the soak.
import http from 'node:http';
import { pieceOf } from './pieces';

const port = Number(process.argv[2]);

const server = http.createServer((request, response) => {
  let body = '';
  request.on('data', chunk => {
    body += chunk;
  });
  request.on('end', () => {
    const { seed, pieces } = JSON.parse(body) as {
      seed: number;
      pieces: number;
    };
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    let next = 0;
    const write = () => {
      // Several at once, as a busy model's packets are.
      for (let burst = 0; burst < 3 && next < pieces; burst += 1) {
        if (response.destroyed) {
          return;
        }
        const content = pieceOf(seed, next);
        next += 1;
        if (
          !response.write(
            `data: ${JSON.stringify({
              choices: [{ index: 0, delta: { content } }],
            })}\n\n`,
          )
        ) {
          response.once('drain', write);
          return;
        }
      }
      if (next < pieces) {
        setTimeout(write, 1 + (next % 7));
        return;
      }
      if (body.includes('include_usage')) {
        response.write(
          `data: ${JSON.stringify({
            choices: [],
            usage: { prompt_tokens: 5, completion_tokens: pieces },
          })}\n\n`,
        );
      }
      response.end('data: [DONE]\n\n');
    };
    write();
  });
});
server.keepAliveTimeout = 0;
server.listen(port, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${port}`);
});
process.once('SIGTERM', () => process.exit(0));
// Whoever started it is gone.
process.once('disconnect', () => process.exit(0));

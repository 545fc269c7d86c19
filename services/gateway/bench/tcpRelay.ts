// For comparison: what any hop through a Node process costs. It passes bytes
// from socket to socket and knows no HTTP at all, so that nothing which reads
// requests in Node can be faster.
import net, { type AddressInfo } from 'node:net';

const { hostname, port } = new URL(process.argv[2]);

const server = net.createServer({ noDelay: true }, client => {
  const upstream = net.connect({
    host: hostname,
    port: Number(port),
    noDelay: true,
  });
  for (const [from, to] of [
    [client, upstream],
    [upstream, client],
  ]) {
    from.pipe(to);
    from.on('error', () => to.destroy());
  }
});
server.listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.once('SIGTERM', () => process.exit(0));
// Whoever started it is gone.
process.once('disconnect', () => process.exit(0));

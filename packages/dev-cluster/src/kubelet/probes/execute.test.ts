import http from 'node:http';
import net, { AddressInfo } from 'node:net';
import { executeProbe } from './execute';

describe('executeProbe', () => {
  let server: http.Server;
  let port: number;
  const requests: http.IncomingMessage[] = [];

  beforeAll(async () => {
    server = http.createServer((request, response) => {
      requests.push(request);
      if (request.url === '/hang') {
        return;
      }
      response.statusCode = request.url === '/bad' ? 503 : 200;
      response.end('body');
    });
    await new Promise<void>(done => {
      server.listen(0, '127.0.0.1', done);
    });
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const target = () => ({
    bindAddress: '127.0.0.1',
    podIP: '10.244.0.5',
    container: { name: 'main', ports: [{ name: 'web', containerPort: port }] },
  });

  it('succeeds for a named port, as the kubelet would ask', async () => {
    const result = await executeProbe(
      {
        httpGet: {
          path: '/ok',
          port: 'web',
          httpHeaders: [{ name: 'X-Test', value: '1' }],
        },
      },
      target(),
    );
    expect(result).toEqual({ result: 'success' });
    expect(requests.at(-1)?.headers).toMatchObject({
      'user-agent': 'kube-probe/1.36',
      'x-test': '1',
    });
  });

  it('says which status it got', async () => {
    await expect(
      executeProbe({ httpGet: { path: '/bad', port } }, target()),
    ).resolves.toEqual({
      result: 'failure',
      output: 'HTTP probe failed with statuscode: 503',
    });
  });

  it('gives up after its timeout', async () => {
    await expect(
      executeProbe(
        { httpGet: { path: '/hang', port }, timeoutSeconds: 0.05 },
        target(),
      ),
    ).resolves.toEqual({
      result: 'failure',
      output: `Get "http://10.244.0.5:${port}/hang": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
    });
  });

  it('names the pod’s address when nobody listens', async () => {
    const free = await freePort();
    const refused = `dial tcp 10.244.0.5:${free}: connect: connection refused`;
    await expect(
      executeProbe({ httpGet: { path: '/', port: free } }, target()),
    ).resolves.toEqual({
      result: 'failure',
      output: `Get "http://10.244.0.5:${free}/": ${refused}`,
    });
    await expect(
      executeProbe({ tcpSocket: { port: free } }, target()),
    ).resolves.toEqual({ result: 'failure', output: refused });
  });

  it('opens a TCP port', async () => {
    await expect(
      executeProbe({ tcpSocket: { port } }, target()),
    ).resolves.toEqual({ result: 'success' });
  });

  it('can’t carry out exec probes, nor ones for unknown ports', async () => {
    await expect(
      executeProbe({ exec: { command: ['true'] } }, target()),
    ).resolves.toMatchObject({ result: 'errored' });
    await expect(
      executeProbe({ tcpSocket: { port: 'nope' } }, target()),
    ).resolves.toEqual({
      result: 'errored',
      output: "couldn't find port: nope",
    });
  });
});

async function freePort(): Promise<number> {
  const probe = net.createServer();
  await new Promise<void>(done => {
    probe.listen(0, '127.0.0.1', done);
  });
  const { port } = probe.address() as AddressInfo;
  await new Promise(done => {
    probe.close(done);
  });
  return port;
}

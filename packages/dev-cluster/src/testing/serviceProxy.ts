import { readFileSync } from 'node:fs';
import https from 'node:https';
import { parse } from 'yaml';
import type { TestCluster } from './TestCluster';

/** What a Service answered. */
export interface ServiceAnswer {
  status: number;
  text: string;
  /** Pieces in which the body came. */
  chunks: number;
}

/**
 * Asks a Service on its port 8000 over the apiserver's proxy, as an
 * administrator.
 */
export function askService(
  cluster: TestCluster,
  options: {
    namespace: string;
    name: string;
    path: string;
    /** Sent as JSON by POST; without it: GET. */
    body?: unknown;
  },
): Promise<ServiceAnswer> {
  const { namespace, name, path, body } = options;
  const config = parse(readFileSync(cluster.kubeconfig, 'utf8'));
  const decode = (text: string) => Buffer.from(text, 'base64');
  const [{ cluster: server }] = config.clusters;
  const [{ user }] = config.users;
  return new Promise((resolve, reject) => {
    const request = https.request(
      `${server.server}/api/v1/namespaces/${namespace}/services/${name}:8000/proxy${path}`,
      {
        method: body === undefined ? 'GET' : 'POST',
        ca: decode(server['certificate-authority-data']),
        cert: decode(user['client-certificate-data']),
        key: decode(user['client-key-data']),
        headers: { 'content-type': 'application/json' },
        agent: false,
      },
      response => {
        let text = '';
        let chunks = 0;
        response.on('data', chunk => {
          chunks += 1;
          text += chunk;
        });
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text, chunks }),
        );
      },
    );
    request.on('error', reject);
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

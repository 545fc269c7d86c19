import https from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';

/** What a Service or pod answered. */
export interface ProxyAnswer {
  status: number;
  body: string;
  /** Pieces in which the body came: more than one of a stream. */
  pieces: number;
}

/** A Service's or pod's port, by number or name. */
export interface ProxyTarget {
  kind: 'services' | 'pods';
  namespace: string;
  name: string;
  port: string | number;
}

/** Asks a Service or a pod. Rejects where nothing answers in time. */
export type AskProxy = (
  target: ProxyTarget,
  path: string,
  request?: { headers?: Record<string, string>; body?: unknown },
) => Promise<ProxyAnswer>;

/**
 * Asks over the API server, so that the checks run wherever kubectl does. It
 * drops `Authorization`: credentials go in `x-api-key`.
 */
export function askOverApi(config: KubeConfig, timeoutMs: number): AskProxy {
  return async ({ kind, namespace, name, port }, path, request = {}) => {
    const { body, headers } = request;
    const url = new URL(
      `${
        config.getCurrentCluster()?.server
      }/api/v1/namespaces/${namespace}/${kind}/${name}:${port}/proxy${path}`,
    );
    const options: https.RequestOptions = {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      signal: AbortSignal.timeout(timeoutMs),
    };
    await config.applyToHTTPSOptions(options);
    return new Promise((resolve, reject) => {
      const call = https.request(url, options, response => {
        let text = '';
        let pieces = 0;
        response.setEncoding('utf8');
        response.on('data', (piece: string) => {
          pieces += 1;
          text += piece;
        });
        response.once('error', reject);
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, body: text, pieces }),
        );
      });
      call.once('error', reject);
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });
  };
}

import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';

/** The kernel's limit for a Unix socket's path, less the closing zero. */
const MAX_SOCKET_PATH = 107;

/**
 * The socket on which the node agent takes the apiserver's CONNECT requests.
 * In the state directory, or in a private directory under the system's
 * temporary one when that path would be too long for a socket.
 *
 * @public
 */
export function egressSocketPath(stateDir: string): string {
  const preferred = path.join(stateDir, 'run', 'egress.sock');
  if (Buffer.byteLength(preferred) <= MAX_SOCKET_PATH) {
    mkdirSync(path.dirname(preferred), { recursive: true });
    return preferred;
  }
  const id = createHash('sha256').update(stateDir).digest('hex').slice(0, 12);
  const dir = path.join(tmpdir(), `llmp-${userInfo().uid}-${id}`);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  return path.join(dir, 'egress.sock');
}

/** Sends what the apiserver opens towards pods and nodes to the agent. */
export function writeEgressConfig(stateDir: string, socket: string): string {
  const file = path.join(stateDir, 'egress.yaml');
  writeFileSync(
    file,
    stringify({
      apiVersion: 'apiserver.k8s.io/v1beta1',
      kind: 'EgressSelectorConfiguration',
      egressSelections: [
        {
          name: 'cluster',
          connection: {
            proxyProtocol: 'HTTPConnect',
            transport: { uds: { udsName: socket } },
          },
        },
      ],
    }),
  );
  return file;
}

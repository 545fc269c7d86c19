import path from 'node:path';
import { builtPrometheus } from '@llm-platform/platform';
import type { RunnableImage } from '../kubelet/images';

const LISTEN = '--web.listen-address';
const PORT = 9090;

/**
 * `prom/prometheus` as a process: the program that is compiled from its module
 * into that directory. Until it is there, its pod waits.
 */
export function prometheusImage(directory: string): RunnableImage {
  let there = false;
  return {
    kind: 'run',
    entrypoint: [path.join(directory, 'prometheus')],
    awaits() {
      there ||= builtPrometheus(directory) !== undefined;
      return there
        ? undefined
        : 'Prometheus is being compiled on this machine, once; it starts when that is done';
    },
    // It asks the API server, and the kubelets, as it would in a cluster.
    env: ({ proxyUrl }) => ({ HTTPS_PROXY: proxyUrl, https_proxy: proxyUrl }),
    args: (args, { bindAddress }) => [
      ...args.filter(arg => !arg.startsWith(LISTEN)),
      `${LISTEN}=${bindAddress}:${port(args)}`,
    ],
  };
}

/** Where the pod wants it to listen; of its own accord it does on 9090. */
function port(args: string[]): string | number {
  const given = args.find(arg => arg.startsWith(`${LISTEN}=`));
  return given?.split(':').at(-1) ?? PORT;
}

import { performance } from 'node:perf_hooks';
import { NodeSpec } from '../nodes/definitions';
import { ExporterName } from '../images';
import { metricsText } from './family';
import { READ_EVERY_MS, cardsOf, cpuSeconds, startGpuMeter } from './gpus';
import { KubeState, kubeStateFamilies } from './kube-state';
import { Close, serveMetrics } from './metricsServer';

/** Where an exporter's pod is. */
export interface ExporterPod {
  /** Loopback address that stands for the pod's IP. */
  host: string;
  port: number;
  nodeName: string;
}

/** Plays the exporters whose pods have no process. @public */
export interface Exporters {
  /** Serves the metrics of that exporter on its pod's address. */
  serve(name: ExporterName, pod: ExporterPod): Promise<Close>;
}

/** @public */
export interface ExportersOptions {
  state(): KubeState;
  node(name: string): NodeSpec | undefined;
  /** Pids of the running containers of a pod, by name. */
  pids(namespace: string, pod: string): ReadonlyMap<string, number>;
  cpuThreads: number;
}

/** @public */
export function createExporters(options: ExportersOptions): Exporters {
  const gpus = async ({ nodeName, ...address }: ExporterPod) => {
    const meter = startGpuMeter({
      cards: () => {
        const node = options.node(nodeName);
        return node ? cardsOf(node, options.state().pods) : [];
      },
      pid: holder =>
        options.pids(holder.namespace, holder.pod).get(holder.container),
      cpuSeconds,
      cores: options.cpuThreads,
      now: () => performance.now() / 1000,
      everyMs: READ_EVERY_MS,
    });
    try {
      const close = await serveMetrics(address, () =>
        metricsText(meter.families()),
      );
      return async () => {
        meter.stop();
        await close();
      };
    } catch (error) {
      meter.stop();
      throw error;
    }
  };
  const kubeState = (address: ExporterPod) =>
    serveMetrics(address, () =>
      metricsText(kubeStateFamilies(options.state())),
    );
  return {
    serve: (name, pod) => (name === 'dcgm' ? gpus(pod) : kubeState(pod)),
  };
}

import { createHash } from 'node:crypto';
import { V1Container, V1Pod } from '@kubernetes/client-node';
import { GPU, NodeSpec } from '../../nodes/definitions';
import { Sample } from '../family';
import { isAlive } from '../isAlive';

/** One simulated GPU of a node, and who holds it. */
export interface GpuCard {
  index: number;
  /** The labels that the DCGM exporter gives it. */
  labels: Sample['labels'];
  memoryMiB: number;
  holder?: GpuHolder;
}

/** A container that holds a GPU. */
export interface GpuHolder {
  namespace: string;
  pod: string;
  container: string;
  /** Its program has passed its probes: the memory is taken. */
  ready: boolean;
  /** The share of the memory that vLLM takes for itself, 0 to 1. */
  memoryShare: number;
}

/** A driver of such cards: as simulated as they are. */
const DRIVER = '580.95.05';
const MEMORY_LABEL = 'nvidia.com/gpu.memory';
const PRODUCT_LABEL = 'nvidia.com/gpu.product';
/** vLLM's own when it is told nothing. */
const MEMORY_SHARE = 0.9;

/** The GPUs of a node, given out to its pods in the order of their names. */
export function cardsOf(node: NodeSpec, pods: readonly V1Pod[]): GpuCard[] {
  const holders = pods
    .filter(pod => pod.spec?.nodeName === node.name && isAlive(pod))
    .sort((a, b) => key(a).localeCompare(key(b)))
    .flatMap(pod =>
      (pod.spec?.containers ?? []).flatMap(container =>
        Array.from({ length: gpusOf(container) }, () =>
          holderOf(pod, container),
        ),
      ),
    );
  return Array.from(
    { length: Number(node.capacity[GPU] ?? 0) },
    (_, index) => ({
      index,
      memoryMiB: Number(node.labels[MEMORY_LABEL] ?? 0),
      holder: holders[index],
      labels: {
        gpu: String(index),
        UUID: uuid(`${node.instanceId}/${index}`),
        pci_bus_id: `00000000:00:${(0x1e + index)
          .toString(16)
          .toUpperCase()}.0`,
        device: `nvidia${index}`,
        modelName: (node.labels[PRODUCT_LABEL] ?? '').replace(/-/g, ' '),
        Hostname: node.name,
        DCGM_FI_DRIVER_VERSION: DRIVER,
      },
    }),
  );
}

function key({ metadata }: V1Pod): string {
  return `${metadata?.namespace}/${metadata?.name}`;
}

function gpusOf({ resources }: V1Container): number {
  return Number(resources?.limits?.[GPU] ?? resources?.requests?.[GPU] ?? 0);
}

function holderOf(pod: V1Pod, container: V1Container): GpuHolder {
  const status = pod.status?.containerStatuses?.find(
    s => s.name === container.name,
  );
  return {
    namespace: pod.metadata?.namespace ?? '',
    pod: pod.metadata?.name ?? '',
    container: container.name,
    ready: status?.ready ?? false,
    memoryShare: memoryShare([
      ...(container.command ?? []),
      ...(container.args ?? []),
    ]),
  };
}

function memoryShare(args: readonly string[]): number {
  const match = /--gpu[-_]memory[-_]utilization[= ]([\d.]+)/.exec(
    args.join(' '),
  );
  const share = Number(match?.[1] ?? MEMORY_SHARE);
  return share > 0 && share <= 1 ? share : MEMORY_SHARE;
}

/** The same for the same card at every start. */
function uuid(card: string): string {
  const hex = createHash('sha256').update(card).digest('hex');
  const parts = [8, 4, 4, 4, 12];
  let from = 0;
  return `GPU-${parts
    .map(length => hex.slice(from, (from += length)))
    .join('-')}`;
}

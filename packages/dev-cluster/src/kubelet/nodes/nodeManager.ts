import { V1Lease, V1Node } from '@kubernetes/client-node';
import {
  ApiClient,
  corePath,
  groupPath,
  isConflict,
  isNotFound,
  nowSeconds,
} from '../api';
import { errorMessage } from '../errors';
import { EventRecorder } from '../events';
import { NodeSpec } from './definitions';
import {
  csiNodeObject,
  leaseObject,
  nodeObject,
  nodeStatus,
} from './nodeObjects';

/** @public */
export interface NodeManager {
  /** The nodes that are there now. */
  active(): NodeSpec[];
  get(name: string): NodeSpec | undefined;
  join(spec: NodeSpec): Promise<void>;
  leave(spec: NodeSpec): Promise<void>;
  stop(): void;
}

/** @public */
export interface NodeManagerOptions {
  api: ApiClient;
  events: EventRecorder;
  nodes: readonly NodeSpec[];
  /** The CSI driver of the nodes. */
  csiDriver: string;
  onChange(): void;
  logger(line: string): void;
}

/** As often as a kubelet renews its lease. */
const LEASE_MS = 10_000;
/** As often as a kubelet reports a status that hasn't changed. */
const STATUS_MS = 5 * 60_000;
const LEASES = 'coordination.k8s.io/v1';

/**
 * Registers the nodes, and keeps them Ready until stopped. A node that joins
 * on demand is taken up only where it is in the cluster already.
 *
 * @public
 */
export async function startNodeManager(
  options: NodeManagerOptions,
): Promise<NodeManager> {
  const { api, logger } = options;
  const { gitVersion } = await api.get<{ gitVersion: string }>('/version');
  const active = new Map<string, { spec: NodeSpec; uid: string }>();
  const leases = new Map<string, V1Lease>();

  const report = async (spec: NodeSpec, node: V1Node) => {
    await api.patch(`${corePath('nodes', undefined, spec.name)}/status`, {
      status: nodeStatus(
        spec,
        gitVersion,
        node.status?.conditions ?? [],
        nowSeconds(),
      ),
    });
  };

  const record = (spec: NodeSpec, reason: string, message: string) =>
    options.events.record(
      { apiVersion: 'v1', kind: 'Node', name: spec.name, uid: spec.name },
      'Normal',
      reason,
      message,
      { component: 'kubelet', host: spec.name },
    );

  const renew = async (spec: NodeSpec, uid: string) => {
    const path = groupPath(LEASES, 'leases', 'kube-node-lease', spec.name);
    const known = leases.get(spec.name);
    try {
      const { resourceVersion } =
        (known ?? (await api.get<V1Lease>(path))).metadata ?? {};
      leases.set(
        spec.name,
        await api.replace<V1Lease>(
          path,
          leaseObject(spec, uid, resourceVersion),
        ),
      );
    } catch (error) {
      leases.delete(spec.name);
      if (isNotFound(error)) {
        leases.set(
          spec.name,
          await api.create<V1Lease>(
            groupPath(LEASES, 'leases', 'kube-node-lease'),
            leaseObject(spec, uid),
          ),
        );
      } else if (!isConflict(error)) {
        throw error;
      }
    }
  };

  const register = async (spec: NodeSpec) => {
    const path = corePath('nodes', undefined, spec.name);
    let node: V1Node;
    try {
      // With its status, as a kubelet registers: an instant without capacity
      // would make the scheduler say that it is full.
      node = await api.create<V1Node>(corePath('nodes'), {
        ...nodeObject(spec),
        status: nodeStatus(spec, gitVersion, [], nowSeconds()),
      });
    } catch (error) {
      if (!isConflict(error)) {
        throw error;
      }
      // Taints stay as they are: somebody may have cordoned the node.
      const { metadata } = nodeObject(spec);
      node = await api.patch<V1Node>(path, { metadata }, 'merge');
    }
    const uid = node.metadata?.uid ?? '';
    active.set(spec.name, { spec, uid });
    await Promise.all([
      report(spec, node),
      renew(spec, uid),
      api
        .create(
          groupPath('storage.k8s.io/v1', 'csinodes'),
          csiNodeObject(spec, uid, options.csiDriver),
        )
        .catch(error => {
          if (!isConflict(error)) {
            throw error;
          }
        }),
    ]);
    record(spec, 'Starting', 'Starting kubelet.');
    record(spec, 'NodeReady', `Node ${spec.name} status is now: NodeReady`);
  };

  const beat = async () => {
    for (const { spec, uid } of [...active.values()]) {
      try {
        await renew(spec, uid);
      } catch (error) {
        logger(`lease of ${spec.name}: ${errorMessage(error)}`);
      }
    }
  };

  const reportAll = async () => {
    for (const { spec } of [...active.values()]) {
      const path = corePath('nodes', undefined, spec.name);
      try {
        await report(spec, await api.get<V1Node>(path));
      } catch (error) {
        if (isNotFound(error) && active.has(spec.name)) {
          // Somebody deleted it: a running kubelet registers itself again.
          await register(spec).catch(e => logger(errorMessage(e)));
        } else {
          logger(`node ${spec.name}: ${errorMessage(error)}`);
        }
      }
    }
  };

  const there = await api.get<{ items: V1Node[] }>(corePath('nodes'));
  const names = new Set(there.items.map(node => node.metadata?.name));
  await Promise.all(
    options.nodes
      .filter(spec => !spec.onDemand || names.has(spec.name))
      .map(register),
  );
  const leaseTimer = setInterval(() => {
    beat().catch(error => logger(errorMessage(error)));
  }, LEASE_MS);
  const statusTimer = setInterval(() => {
    reportAll().catch(error => logger(errorMessage(error)));
  }, STATUS_MS);

  return {
    active: () => [...active.values()].map(({ spec }) => spec),
    get: name => active.get(name)?.spec,
    async join(spec) {
      await register(spec);
      options.onChange();
    },
    async leave(spec) {
      active.delete(spec.name);
      leases.delete(spec.name);
      try {
        await api.delete(corePath('nodes', undefined, spec.name));
      } catch (error) {
        if (!isNotFound(error)) {
          throw error;
        }
      }
      options.onChange();
    },
    stop() {
      clearInterval(leaseTimer);
      clearInterval(statusTimer);
    },
  };
}

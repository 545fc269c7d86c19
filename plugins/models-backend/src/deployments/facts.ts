import {
  labels,
  modelInventory,
  serviceInventory,
  volumeClaimName,
  type KubeConfigMap,
  type KubeDeployment,
  type KubeEvent,
  type KubeNode,
  type KubePersistentVolumeClaim,
  type KubePod,
  type ModelDeploymentFacts,
} from '@llm-platform/plugin-models-common';
import type { ClusterCache } from '../watch';

/** What a namespace holds, indexed for reading many deployments of it. */
export class NamespaceFacts {
  readonly #cluster: ClusterCache;
  readonly #namespace: string;
  readonly #pods: KubePod[];
  readonly #events = new Map<string, KubeEvent[]>();

  static read(cluster: ClusterCache, namespace: string): NamespaceFacts {
    return new NamespaceFacts(cluster, namespace);
  }

  private constructor(cluster: ClusterCache, namespace: string) {
    this.#cluster = cluster;
    this.#namespace = namespace;
    this.#pods = cluster.list<KubePod>('pods', namespace);
    for (const event of cluster.list<KubeEvent>('events', namespace)) {
      const key = `${event.involvedObject?.kind}/${event.involvedObject?.name}`;
      const events = this.#events.get(key);
      if (events) {
        events.push(event);
      } else {
        this.#events.set(key, [event]);
      }
    }
  }

  /** Everything that is known of one Deployment. */
  of(
    deployment: KubeDeployment,
    options: { team: string | undefined; nodes: KubeNode[]; label: string },
  ): ModelDeploymentFacts {
    const name = deployment.metadata?.name ?? '';
    const pods = this.#podsOf(deployment);
    const claim = this.#cluster.get<KubePersistentVolumeClaim>(
      'persistentvolumeclaims',
      volumeClaimName(name),
      this.#namespace,
    );
    const parent = this.#cluster.get<KubeConfigMap>(
      'configmaps',
      parentOf(options.label, name),
      this.#namespace,
    );
    return {
      cluster: this.#cluster.cluster.name,
      deployment,
      deploymentMissing:
        this.#cluster.get('deployments', name, this.#namespace) === undefined,
      pods,
      parent,
      team: options.team,
      pvcs: claim ? [claim] : [],
      events: this.#eventsOf(name, pods),
      nodes: options.nodes,
    };
  }

  #podsOf(deployment: KubeDeployment): KubePod[] {
    const selector = Object.entries(
      deployment.spec?.selector?.matchLabels ?? {},
    );
    if (selector.length === 0) {
      return [];
    }
    return this.#pods.filter(pod =>
      selector.every(([key, value]) => pod.metadata?.labels?.[key] === value),
    );
  }

  #eventsOf(name: string, pods: KubePod[]): KubeEvent[] {
    const keys = [
      `Deployment/${name}`,
      `PersistentVolumeClaim/${volumeClaimName(name)}`,
      ...pods.map(pod => `Pod/${pod.metadata?.name}`),
    ];
    const replicaSet = new RegExp(`^ReplicaSet/${escape(name)}-[a-z0-9]+$`);
    for (const key of this.#events.keys()) {
      if (replicaSet.test(key)) {
        keys.push(key);
      }
    }
    return keys.flatMap(key => this.#events.get(key) ?? []);
  }
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The Deployments of a cluster that carry the label, with what is known of each. */
export function readFacts(
  cluster: ClusterCache,
  options: {
    label: string;
    namespaceTeams: Record<string, string>;
    isVisible(team: string | undefined): boolean;
  },
): ModelDeploymentFacts[] {
  const nodes = cluster.list<KubeNode>('nodes');
  const namespaces = new Map<string, NamespaceFacts>();
  return deploymentsOf(cluster, options.label).flatMap(deployment => {
    const namespace = deployment.metadata?.namespace ?? '';
    const team = options.namespaceTeams[namespace];
    if (!options.isVisible(team)) {
      return [];
    }
    let facts = namespaces.get(namespace);
    if (!facts) {
      facts = NamespaceFacts.read(cluster, namespace);
      namespaces.set(namespace, facts);
    }
    return [facts.of(deployment, { team, nodes, label: options.label })];
  });
}

function deploymentsOf(cluster: ClusterCache, label: string): KubeDeployment[] {
  const deployments = cluster
    .list<KubeDeployment>('deployments')
    .filter(deployment => deployment.metadata?.labels?.[label]);
  return [...deployments, ...unfinished(cluster, label)];
}

/** Name of the inventory of a model or a service, whichever the label says it is. */
function parentOf(label: string, name: string): string {
  const inventory = label === labels.model ? modelInventory : serviceInventory;
  return inventory.parentName(name);
}

/**
 * A parent ConfigMap without its Deployment: an apply that is under way or was cut off, or a Deployment that somebody
 * deleted. Shown as a deployment without pods, so that it can be seen, finished or removed.
 */
function unfinished(cluster: ClusterCache, label: string): KubeDeployment[] {
  return cluster.list<KubeConfigMap>('configmaps').flatMap(parent => {
    const name = parent.metadata?.labels?.[label];
    const namespace = parent.metadata?.namespace;
    if (
      !name ||
      !namespace ||
      parent.metadata?.name !== parentOf(label, name) ||
      cluster.get('deployments', name, namespace)
    ) {
      return [];
    }
    return [
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: {
          name,
          namespace,
          labels: parent.metadata.labels,
          creationTimestamp: parent.metadata.creationTimestamp,
        },
      },
    ];
  });
}

/** What is known of one Deployment; `undefined` when there is none of that name with the label. */
export function readOne(
  cluster: ClusterCache,
  where: { namespace: string; name: string; label: string },
  options: { team: string | undefined },
): ModelDeploymentFacts | undefined {
  const deployment = deploymentsOf(cluster, where.label).find(
    candidate =>
      candidate.metadata?.name === where.name &&
      candidate.metadata?.namespace === where.namespace,
  );
  return (
    deployment &&
    NamespaceFacts.read(cluster, where.namespace).of(deployment, {
      team: options.team,
      label: where.label,
      nodes: cluster.list<KubeNode>('nodes'),
    })
  );
}

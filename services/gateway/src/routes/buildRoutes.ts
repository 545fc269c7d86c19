import {
  AFFINITY_ANNOTATION,
  FALLBACK_ANNOTATION,
  MODEL_LABEL,
  ROUTE_LABEL,
  ROUTE_NAME_ANNOTATION,
  SERVED_NAME_ANNOTATION,
  SERVICE_LABEL,
  TEAM_LABEL,
} from '../labels';
import {
  looksLikeService,
  qualifiedName,
  type Affinity,
  type Endpoint,
  type Route,
  type RouteKind,
  type RouteState,
} from './Route';

interface Metadata {
  name?: string;
  namespace?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  creationTimestamp?: Date | string;
}

/** What is read of a Service. @public */
export interface ServiceFacts {
  metadata?: Metadata;
  spec?: { selector?: Record<string, string> };
}

/** What is read of a Namespace. @public */
export interface NamespaceFacts {
  metadata?: Metadata;
}

/** What is read of an EndpointSlice. @public */
export interface EndpointSliceFacts {
  metadata?: Metadata;
  addressType?: string;
  endpoints?: Array<{
    addresses?: string[];
    conditions?: { ready?: boolean; terminating?: boolean };
  }>;
  ports?: Array<{ name?: string; port?: number; protocol?: string }>;
}

/** What is read of a Deployment. @public */
export interface DeploymentFacts {
  metadata?: Metadata;
  spec?: {
    replicas?: number;
    template?: { metadata?: { labels?: Record<string, string> } };
  };
}

/** @public */
export interface ClusterFacts {
  namespaces: Iterable<NamespaceFacts>;
  services: Iterable<ServiceFacts>;
  endpointSlices: Iterable<EndpointSliceFacts>;
  /** Undefined where the gateway may not read Deployments. */
  deployments?: Iterable<DeploymentFacts>;
}

const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';
const PORT_NAME = 'http';
/** Names are sent in headers, and an annotation may hold anything. */
const SENDABLE = /^[\x21-\x7e]{1,256}$/;

function createdAt(metadata: Metadata | undefined): number {
  const time = new Date(metadata?.creationTimestamp ?? 0).getTime();
  return Number.isNaN(time) ? 0 : time;
}

function originOf(slice: EndpointSliceFacts, address: string, port: number) {
  const host = slice.addressType === 'IPv6' ? `[${address}]` : address;
  return `http://${host}:${port}`;
}

function portOf(slice: EndpointSliceFacts): number | undefined {
  const ports = (slice.ports ?? []).filter(
    port => (port.protocol ?? 'TCP') === 'TCP',
  );
  const port =
    ports.find(candidate => candidate.name === PORT_NAME) ?? ports[0];
  return port?.port;
}

function isAskedForZero(
  service: ServiceFacts,
  deployments: Iterable<DeploymentFacts>,
): boolean | undefined {
  const selector = Object.entries(service.spec?.selector ?? {});
  if (selector.length === 0) {
    return undefined;
  }
  let found = false;
  for (const deployment of deployments) {
    const podLabels = deployment.spec?.template?.metadata?.labels ?? {};
    if (
      deployment.metadata?.namespace === service.metadata?.namespace &&
      selector.every(([key, value]) => podLabels[key] === value)
    ) {
      if ((deployment.spec?.replicas ?? 1) > 0) {
        return false;
      }
      found = true;
    }
  }
  return found ? true : undefined;
}

function stateOf(
  service: ServiceFacts,
  known: { ready: number; notReady: number },
  deployments: Iterable<DeploymentFacts> | undefined,
): RouteState {
  if (known.ready > 0) {
    return 'ready';
  }
  const zero = deployments && isAskedForZero(service, deployments);
  if (zero) {
    return 'scaled-to-zero';
  }
  return zero === false || known.notReady > 0 ? 'starting' : 'unavailable';
}

/** A team service says that it is one; what else is labelled as a route serves a model. */
function kindOf(service: ServiceFacts): RouteKind {
  const labels = service.metadata?.labels ?? {};
  return labels[SERVICE_LABEL] && !labels[MODEL_LABEL] ? 'service' : 'model';
}

function isAffinity(value: string): value is Affinity {
  return value === 'session' || value === 'prefix';
}

/** Why a Service may not have the name that it asks for, undefined where it may. */
function refusalOf(
  claim: { kind: RouteKind; name: string; team: string },
  teams: ReadonlyMap<string | undefined, string | undefined>,
): string | undefined {
  const { kind, name, team } = claim;
  if (!SENDABLE.test(name)) {
    return 'which is no name: 256 letters, digits and marks of ASCII at most, without spaces';
  }
  if (kind === 'model' && looksLikeService(name)) {
    return 'which is how credentials name a team service';
  }
  if (
    kind === 'service' &&
    name !== team &&
    [...teams.values()].includes(name)
  ) {
    return `which is the name of another team than its own, '${team}'`;
  }
  return undefined;
}

/**
 * The routes that a set of Services and EndpointSlices makes. A route belongs
 * to the team of its namespace: a team can write any label on its own Services,
 * but none on a namespace. Where two
 * Services claim one name the older one has it, so that nobody can take over
 * a name that is in use; the other is reported.
 *
 * @public
 */
export function buildRoutes(facts: ClusterFacts): {
  routes: Route[];
  problems: string[];
} {
  const slicesByService = new Map<string, EndpointSliceFacts[]>();
  for (const slice of facts.endpointSlices) {
    const service = slice.metadata?.labels?.[SERVICE_NAME_LABEL];
    const key = `${slice.metadata?.namespace}/${service}`;
    const slices = slicesByService.get(key);
    if (slices) {
      slices.push(slice);
    } else {
      slicesByService.set(key, [slice]);
    }
  }

  const teams = new Map<string | undefined, string | undefined>();
  for (const { metadata } of facts.namespaces) {
    teams.set(metadata?.name, metadata?.labels?.[TEAM_LABEL]);
  }

  const problems: string[] = [];
  const routes = new Map<string, Route>();
  const services = [...facts.services].sort(
    (a, b) =>
      createdAt(a.metadata) - createdAt(b.metadata) ||
      `${a.metadata?.namespace}/${a.metadata?.name}`.localeCompare(
        `${b.metadata?.namespace}/${b.metadata?.name}`,
      ),
  );

  for (const service of services) {
    const { namespace = '', name: serviceName = '' } = service.metadata ?? {};
    const id = `${namespace}/${serviceName}`;
    const name =
      service.metadata?.annotations?.[ROUTE_NAME_ANNOTATION] ||
      service.metadata?.labels?.[ROUTE_LABEL];
    const team = teams.get(namespace);
    if (!name) {
      continue;
    }
    if (!team) {
      problems.push(
        `Service ${id} asks for route '${name}' but its namespace has no label ${TEAM_LABEL}, so nobody could be allowed to use it`,
      );
      continue;
    }
    const kind = kindOf(service);
    const refusal = refusalOf({ kind, name, team }, teams);
    if (refusal) {
      problems.push(
        `Service ${id} asks for route '${name.slice(0, 256)}', ${refusal}`,
      );
      continue;
    }
    const key = qualifiedName({ kind, name });
    const taken = routes.get(key);
    if (taken) {
      problems.push(
        `Service ${id} asks for route '${name}', which the older Service ${taken.namespace}/${taken.service} has`,
      );
      continue;
    }
    const affinity = service.metadata?.annotations?.[AFFINITY_ANNOTATION];
    if (affinity && !isAffinity(affinity)) {
      problems.push(
        `Service ${id} asks for affinity '${affinity}'; it is 'session' or 'prefix'`,
      );
    }
    const fallback = service.metadata?.annotations?.[FALLBACK_ANNOTATION];

    const ready = new Map<string, Endpoint>();
    let notReady = 0;
    for (const slice of slicesByService.get(id) ?? []) {
      const port = portOf(slice);
      for (const endpoint of slice.endpoints ?? []) {
        const address = endpoint.addresses?.[0];
        // Kubernetes defines an absent `ready` as true.
        if (endpoint.conditions?.ready === false) {
          notReady += endpoint.conditions.terminating ? 0 : 1;
        } else if (address && port) {
          const origin = originOf(slice, address, port);
          ready.set(origin, { origin });
        }
      }
    }
    routes.set(key, {
      kind,
      name,
      servedName:
        service.metadata?.annotations?.[SERVED_NAME_ANNOTATION] || name,
      team,
      namespace,
      service: serviceName,
      created: Math.floor(createdAt(service.metadata) / 1000),
      state: stateOf(
        service,
        { ready: ready.size, notReady },
        facts.deployments,
      ),
      endpoints: [...ready.values()],
      ...(affinity && isAffinity(affinity) && { affinity }),
      ...(fallback && { fallback }),
    });
  }
  return { routes: [...routes.values()], problems };
}

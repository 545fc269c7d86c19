/** One pod that serves a route. @public */
export interface Endpoint {
  /** `http://<pod IP>:<port>` */
  origin: string;
}

/**
 * Why a route has or hasn't ready endpoints. `unavailable` is said where the
 * gateway can't tell a stopped model from one that is being scheduled.
 *
 * @public
 */
export type RouteState =
  | 'ready'
  | 'starting'
  | 'scaled-to-zero'
  | 'unavailable';

/**
 * Models are asked for by name under `/v1`, team services under
 * `/api/{name}/predict`. One name may stand for both.
 *
 * @public
 */
export type RouteKind = 'model' | 'service';

/**
 * Which requests should meet the same replica, whose prefix cache then knows
 * their beginning: those of one `x-session-id`, or those that begin alike.
 *
 * @public
 */
export type Affinity = 'session' | 'prefix';

/** A public name and where it is served. @public */
export interface Route {
  kind: RouteKind;
  name: string;
  /** The upstream's own name for the model. */
  servedName: string;
  team: string;
  namespace: string;
  service: string;
  /** Unix seconds, for `/v1/models`. */
  created: number;
  state: RouteState;
  /** Ready ones only. */
  endpoints: Endpoint[];
  affinity?: Affinity;
  /** Name of the route of the same kind that answers where this one can't. */
  fallback?: string;
}

/** What credentials call a team service. */
const SERVICE_GRANT = 'api/';

/**
 * A route's name beside routes of the other kind: in a credential's list of
 * models, in metrics and in the log.
 *
 * @public
 */
export function qualifiedName(route: Pick<Route, 'kind' | 'name'>): string {
  return route.kind === 'service'
    ? `${SERVICE_GRANT}${route.name}`
    : route.name;
}

/** Whether a model's name reads like that of a team service. */
export function looksLikeService(name: string): boolean {
  return name.startsWith(SERVICE_GRANT);
}

/** @public */
export interface RouteSink {
  /** All routes there are, each time something changed; the first call means synced. */
  onRoutes(routes: Route[]): void;
  /** Something is wrong that an operator should read about. */
  onProblem(message: string): void;
}

/** Where routes come from. @public */
export interface RouteSource {
  start(sink: RouteSink): void;
  stop(): Promise<void>;
}

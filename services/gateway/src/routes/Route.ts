/** One pod that serves a model. @public */
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

/** A public model name and where it is served. @public */
export interface Route {
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

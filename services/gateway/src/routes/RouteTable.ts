import type { Route, RouteKind } from './Route';

/** `configured`: from the operator's route table. `cluster`: from labelled Services. @public */
export type RouteOrigin = 'configured' | 'cluster';

/** The routes as they are now. @public */
export class RouteTable {
  private routes: Record<RouteKind, Map<string, Route>> = {
    model: new Map(),
    service: new Map(),
  };
  private readonly given: Record<RouteOrigin, Route[]> = {
    configured: [],
    cluster: [],
  };
  private problems = new Set<string>();

  /**
   * Exchanges the routes that came from one place. Where both have a name the
   * operator's is served. Returns what is wrong and was not before.
   */
  replace(origin: RouteOrigin, routes: Route[]): string[] {
    this.given[origin] = routes;
    const next: typeof this.routes = { model: new Map(), service: new Map() };
    for (const route of this.given.configured) {
      next[route.kind].set(route.name, route);
    }
    const problems = new Set<string>();
    for (const route of this.given.cluster) {
      if (next[route.kind].has(route.name)) {
        problems.add(
          `Service ${route.namespace}/${route.service} asks for route '${route.name}', which the route table has`,
        );
      } else {
        next[route.kind].set(route.name, route);
      }
    }
    this.routes = next;
    const fresh = [...problems].filter(problem => !this.problems.has(problem));
    this.problems = problems;
    return fresh;
  }

  get(kind: RouteKind, name: string): Route | undefined {
    return this.routes[kind].get(name);
  }

  /** The route as it is now, undefined where it is gone. */
  current(route: Route): Route | undefined {
    return this.get(route.kind, route.name);
  }

  models(): Route[] {
    return [...this.routes.model.values()];
  }

  all(): Route[] {
    return [...this.models(), ...this.routes.service.values()];
  }

  /** The origins of all ready endpoints. */
  origins(): Set<string> {
    return new Set(
      this.all().flatMap(route => route.endpoints.map(e => e.origin)),
    );
  }
}

import type { Route } from './Route';

/** The routes as they are now. @public */
export class RouteTable {
  private routes = new Map<string, Route>();

  replace(routes: Route[]): void {
    this.routes = new Map(routes.map(route => [route.name, route]));
  }

  get(name: string): Route | undefined {
    return this.routes.get(name);
  }

  list(): Route[] {
    return [...this.routes.values()];
  }

  /** The origins of all ready endpoints. */
  origins(): Set<string> {
    return new Set(
      this.list().flatMap(route => route.endpoints.map(e => e.origin)),
    );
  }
}

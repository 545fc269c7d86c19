import { Counter, Gauge, type Registry } from 'prom-client';
import { qualifiedName, type RouteTable } from '../routes';

/** What an operator may want to know of routing. Labels are names of routes. */
export class RoutingMetrics {
  readonly retries: Counter<'model'>;
  readonly retriesRefused: Counter<'model'>;
  readonly ejections: Counter<'model'>;
  readonly fallbacks: Counter<'model' | 'fallback'>;
  readonly tableReloads: Counter<'result'>;
  readonly tableValid: Gauge;

  constructor(
    registry: Registry,
    facts: { table: RouteTable; isEjected(origin: string): boolean },
  ) {
    const registers = [registry];
    this.retries = new Counter({
      name: 'llm_gateway_retries_total',
      help: 'Requests sent to another endpoint after one had not accepted the connection.',
      labelNames: ['model'],
      registers,
    });
    this.retriesRefused = new Counter({
      name: 'llm_gateway_retries_over_budget_total',
      help: 'Requests not tried again because the retry budget was spent.',
      labelNames: ['model'],
      registers,
    });
    this.ejections = new Counter({
      name: 'llm_gateway_endpoint_ejections_total',
      help: 'Endpoints left out for a while after failures in a row.',
      labelNames: ['model'],
      registers,
    });
    this.fallbacks = new Counter({
      name: 'llm_gateway_fallbacks_total',
      help: 'Requests answered by the fallback of the route that was asked for.',
      labelNames: ['model', 'fallback'],
      registers,
    });
    this.tableReloads = new Counter({
      name: 'llm_gateway_route_table_reloads_total',
      help: 'Changes of the route table, by whether they could be used.',
      labelNames: ['result'],
      registers,
    });
    this.tableValid = new Gauge({
      name: 'llm_gateway_route_table_valid',
      help: '0 while the route table in use is not the one that is configured.',
      registers,
    });
    this.tableValid.set(1);
    const endpoints = new Gauge({
      name: 'llm_gateway_endpoints',
      help: 'Ready endpoints of routes; those left out after failures are `ejected`.',
      labelNames: ['model', 'state'],
      registers,
      collect() {
        endpoints.reset();
        for (const route of facts.table.all()) {
          const all = route.endpoints.length;
          const ejected = route.endpoints.filter(e =>
            facts.isEjected(e.origin),
          ).length;
          const name = qualifiedName(route);
          endpoints.labels(name, 'in_use').set(all - ejected);
          endpoints.labels(name, 'ejected').set(ejected);
        }
      },
    });
  }
}

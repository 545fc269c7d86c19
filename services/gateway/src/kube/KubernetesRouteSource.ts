import {
  AppsV1Api,
  CoreV1Api,
  DiscoveryV1Api,
  type KubeConfig,
} from '@kubernetes/client-node';
import { ROUTE_LABEL, TEAM_LABEL } from '../labels';
import { watchList, type WatchedList } from './watchList';
import {
  buildRoutes,
  type DeploymentFacts,
  type EndpointSliceFacts,
  type NamespaceFacts,
  type ServiceFacts,
  type RouteSink,
  type RouteSource,
} from '../routes';

const PART_OF_SELECTOR = 'app.kubernetes.io/part-of=llm-platform';

/**
 * Routes from the labelled Services of a cluster and their EndpointSlices, by
 * list-watch. The EndpointSlice controller copies a Service's labels to its
 * slices, so one selector serves for both.
 *
 * Deployments only tell a stopped model from one that starts; where reading
 * them isn't allowed, the routes work and the reason is less exact.
 *
 * @public
 */
export class KubernetesRouteSource implements RouteSource {
  private readonly lists: WatchedList[] = [];
  private namespaces: NamespaceFacts[] | undefined;
  private services: ServiceFacts[] | undefined;
  private endpointSlices: EndpointSliceFacts[] | undefined;
  private deployments: DeploymentFacts[] | undefined;
  private lastProblems = new Set<string>();

  constructor(private readonly kubeConfig: KubeConfig) {}

  start(sink: RouteSink): void {
    const { kubeConfig } = this;
    const core = kubeConfig.makeApiClient(CoreV1Api);
    const discovery = kubeConfig.makeApiClient(DiscoveryV1Api);
    const apps = kubeConfig.makeApiClient(AppsV1Api);
    const onProblem = (message: string) => sink.onProblem(message);
    this.lists.push(
      watchList({
        kubeConfig,
        name: 'namespaces',
        path: '/api/v1/namespaces',
        labelSelector: TEAM_LABEL,
        list: selectors => core.listNamespace(selectors),
        onItems: items => {
          this.namespaces = items;
          this.publish(sink);
        },
        onProblem,
      }),
      watchList({
        kubeConfig,
        name: 'services',
        path: '/api/v1/services',
        labelSelector: ROUTE_LABEL,
        list: selectors => core.listServiceForAllNamespaces(selectors),
        onItems: items => {
          this.services = items;
          this.publish(sink);
        },
        onProblem,
      }),
      watchList({
        kubeConfig,
        name: 'endpointslices',
        path: '/apis/discovery.k8s.io/v1/endpointslices',
        labelSelector: ROUTE_LABEL,
        list: selectors =>
          discovery.listEndpointSliceForAllNamespaces(selectors),
        onItems: items => {
          this.endpointSlices = items;
          this.publish(sink);
        },
        onProblem,
      }),
      watchList({
        kubeConfig,
        name: 'deployments',
        path: '/apis/apps/v1/deployments',
        labelSelector: PART_OF_SELECTOR,
        list: selectors => apps.listDeploymentForAllNamespaces(selectors),
        onItems: items => {
          this.deployments = items;
          this.publish(sink);
        },
        onProblem,
      }),
    );
  }

  async stop(): Promise<void> {
    await Promise.all(this.lists.map(list => list.stop()));
  }

  private publish(sink: RouteSink): void {
    if (!this.namespaces || !this.services || !this.endpointSlices) {
      return;
    }
    const { routes, problems } = buildRoutes({
      namespaces: this.namespaces,
      services: this.services,
      endpointSlices: this.endpointSlices,
      deployments: this.deployments,
    });
    for (const problem of problems) {
      if (!this.lastProblems.has(problem)) {
        sink.onProblem(problem);
      }
    }
    this.lastProblems = new Set(problems);
    sink.onRoutes(routes);
  }
}

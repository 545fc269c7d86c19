import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { RiChat3Line } from '@remixicon/react';
import { PlaygroundClient, playgroundApiRef } from './api';
import { rootRouteRef } from './routes';

const api = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: playgroundApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => PlaygroundClient.create({ fetchApi }),
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/playground',
    routeRef: rootRouteRef,
    title: 'Playground',
    icon: <RiChat3Line />,
    noHeader: true,
    loader: () =>
      import('./components/PlaygroundPage').then(m => <m.PlaygroundPage />),
  },
});

const entityTab = EntityContentBlueprint.make({
  name: 'playground',
  params: {
    path: '/playground',
    title: 'Playground',
    filter: {
      $all: [
        {
          kind: 'component',
          'metadata.annotations.llm-platform.dev/route': { $exists: true },
        },
        // A team's service has a route, too, but is no model to chat with.
        { $not: { 'spec.type': 'team-service' } },
      ],
    },
    loader: () =>
      import('./components/EntityPlayground').then(m => <m.EntityPlayground />),
  },
});

/**
 * Chat with the deployed models in the browser.
 *
 * @public
 */
export const playgroundPlugin = createFrontendPlugin({
  pluginId: 'playground',
  title: 'Playground',
  icon: <RiChat3Line />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef },
  extensions: [api, page, entityTab],
});

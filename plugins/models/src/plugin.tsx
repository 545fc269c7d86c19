import type { Entity } from '@backstage/catalog-model';
import {
  ApiBlueprint,
  createExtensionInput,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import {
  ModelsClient,
  modelsApiRef,
  modelTabDataRef,
} from '@llm-platform/plugin-models-react';
import { RiBrainLine, RiHome5Line, RiLayoutGridLine } from '@remixicon/react';
import { gpusRouteRef, homeRouteRef, modelsRouteRef } from './routes';

const modelsApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: modelsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new ModelsClient(deps),
    }),
});

const homePage = PageBlueprint.make({
  name: 'home',
  params: {
    path: '/',
    routeRef: homeRouteRef,
    title: 'Home',
    icon: <RiHome5Line />,
    noHeader: true,
    loader: () => import('./home').then(m => <m.HomePage />),
  },
});

const modelsPage = PageBlueprint.makeWithOverrides({
  inputs: { tabs: createExtensionInput([modelTabDataRef]) },
  factory(original, { inputs }) {
    const tabs = inputs.tabs.map(tab => tab.get(modelTabDataRef));
    return original({
      path: '/models',
      routeRef: modelsRouteRef,
      title: 'Models',
      icon: <RiBrainLine />,
      noHeader: true,
      loader: () =>
        import('./ModelsRouter').then(m => <m.ModelsRouter tabs={tabs} />),
    });
  },
});

const gpusPage = PageBlueprint.make({
  name: 'gpus',
  params: {
    path: '/gpus',
    routeRef: gpusRouteRef,
    title: 'GPUs',
    icon: <RiLayoutGridLine />,
    noHeader: true,
    loader: () => import('./gpus').then(m => <m.GpusPage />),
  },
});

/** Team services have the annotation, too, and a card of their own. */
function isModel({ kind, metadata, spec }: Entity): boolean {
  return (
    kind === 'Component' &&
    metadata.annotations?.['llm-platform.dev/name'] !== undefined &&
    spec?.type !== 'team-service'
  );
}

const entityContent = EntityContentBlueprint.make({
  name: 'model',
  params: {
    path: '/model',
    title: 'Model',
    group: 'operation',
    filter: isModel,
    loader: () => import('./entity').then(m => <m.EntityModelContent />),
  },
});

const entityCard = EntityCardBlueprint.make({
  name: 'model',
  params: {
    type: 'info',
    filter: isModel,
    loader: () => import('./entity').then(m => <m.EntityModelCard />),
  },
});

/** Home, models, one model, GPUs. @public */
export const modelsPlugin = createFrontendPlugin({
  pluginId: 'models',
  title: 'Models',
  info: { packageJson: () => import('../package.json') },
  routes: { home: homeRouteRef, models: modelsRouteRef, gpus: gpusRouteRef },
  extensions: [
    modelsApi,
    homePage,
    modelsPage,
    gpusPage,
    entityContent,
    entityCard,
  ],
});

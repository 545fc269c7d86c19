import { screen } from '@testing-library/react';
import {
  createExtensionTester,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { coreExtensionData } from '@backstage/frontend-plugin-api';
import {
  ModelTabBlueprint,
  modelsApiRef,
} from '@llm-platform/plugin-models-react';
import {
  createModelsApiMock,
  gpuAllocation,
  listOf,
  modelDetail,
  modelSummary,
  overview,
} from '@llm-platform/plugin-models-react/testUtils';
import { modelsPlugin } from './plugin';
import plugin from '.';

describe('plugin models', () => {
  it('is the default export, so that the app finds it', () => {
    expect(plugin).toBe(modelsPlugin);
    expect(modelsPlugin.id).toBe('models');
    expect(modelsPlugin.routes).toEqual({
      home: expect.anything(),
      models: expect.anything(),
      gpus: expect.anything(),
    });
  });

  it.each([
    ['page:models/home', '/', 'Home'],
    ['page:models', '/models', 'Models'],
    ['page:models/gpus', '/gpus', 'GPUs'],
  ] as const)(
    'declares %s at %s with a navigation entry',
    (id, path, title) => {
      const tester = createExtensionTester(modelsPlugin.getExtension(id));

      expect(tester.get(coreExtensionData.routePath)).toBe(path);
      expect(tester.get(coreExtensionData.title)).toBe(title);
      expect(tester.get(coreExtensionData.icon)).toBeDefined();
      expect(tester.get(coreExtensionData.routeRef)).toBeDefined();
    },
  );

  it("has the tabs of other plugins on a model's page", async () => {
    const page = createExtensionTester(
      modelsPlugin.getExtension('page:models'),
    ).add(
      ModelTabBlueprint.make({
        name: 'extra',
        params: {
          path: 'more',
          title: 'More',
          loader: async () => props => <p>More about {props.model.name}</p>,
        },
      }),
    );
    renderInTestApp(page.reactElement(), {
      apis: [
        [
          modelsApiRef,
          createModelsApiMock({ getModel: async () => modelDetail() }),
        ],
      ],
      initialRouteEntries: ['/embedded/quant/smollm2/more'],
    });
    expect(await screen.findByText('More about smollm2')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'More' })).toHaveAttribute(
      'href',
      '/models/embedded/quant/smollm2/more',
    );
  });

  it('brings the API, the entity tab and the entity card', () => {
    for (const id of [
      'api:models',
      'entity-content:models/model',
      'entity-card:models/model',
    ] as const) {
      expect(modelsPlugin.getExtension(id)).toBeDefined();
    }
  });

  it.each([
    ['page:models/home', 'Home'],
    ['page:models', 'Models'],
    ['page:models/gpus', 'GPUs'],
  ] as const)('%s loads', async (id, title) => {
    renderInTestApp(
      createExtensionTester(modelsPlugin.getExtension(id)).reactElement(),
      {
        apis: [
          [
            modelsApiRef,
            createModelsApiMock({
              getOverview: async () => overview(),
              listModels: async () => listOf([modelSummary()]),
              getGpus: async () => gpuAllocation(),
            }),
          ],
        ],
      },
    );

    expect(
      await screen.findByRole('heading', { level: 1, name: title }),
    ).toBeInTheDocument();
  });
});

import { createExtensionTester } from '@backstage/frontend-test-utils';
import { coreExtensionData } from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { modelTabDataRef } from '@llm-platform/plugin-models-react';
import { grafanaPanelsPlugin } from './plugin';
import plugin from '.';

const entity = (kind: string, annotations: Record<string, string> = {}) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name: 'x', annotations },
});

describe('plugin grafana-panels', () => {
  it('has a page in the navigation', () => {
    expect(plugin).toBe(grafanaPanelsPlugin);
    const page = createExtensionTester(
      grafanaPanelsPlugin.getExtension('page:grafana-panels'),
    );
    expect(page.get(coreExtensionData.routePath)).toBe('/dashboards');
    expect(page.get(coreExtensionData.title)).toBe('Dashboards');
    expect(page.get(coreExtensionData.icon)).toBeDefined();
  });

  it('has a tab for entities that have dashboards', () => {
    const filter = createExtensionTester(
      grafanaPanelsPlugin.getExtension('entity-content:grafana-panels/panels'),
    ).get(EntityContentBlueprint.dataRefs.filterFunction);
    expect(filter?.(entity('Group'))).toBe(true);
    expect(filter?.(entity('Component'))).toBe(false);
    expect(
      filter?.(entity('Component', { 'grafana/dashboard-selector': 'my-tag' })),
    ).toBe(true);
  });

  it('takes other rules for that from the configuration', () => {
    const filter = createExtensionTester(
      grafanaPanelsPlugin.getExtension('entity-content:grafana-panels/panels'),
      {
        config: {
          dashboards: [
            { filter: { kind: 'Resource' }, dashboard: 'main/cluster' },
          ],
        },
      },
    ).get(EntityContentBlueprint.dataRefs.filterFunction);
    expect(filter?.(entity('Resource'))).toBe(true);
    expect(filter?.(entity('Group'))).toBe(false);
  });

  it('has cards on the entities for which the configuration places panels', () => {
    const card = grafanaPanelsPlugin.getExtension(
      'entity-card:grafana-panels/panels',
    );
    const { filterFunction } = EntityCardBlueprint.dataRefs;
    const without = createExtensionTester(card).get(filterFunction);
    expect(without?.(entity('Component'))).toBe(false);
    const filter = createExtensionTester(card, {
      config: {
        panels: [
          {
            dashboard: 'files/demo',
            panel: 1,
            filter: { kind: 'Component' },
          },
        ],
      },
    }).get(filterFunction);
    expect(filter?.(entity('Component'))).toBe(true);
    expect(filter?.(entity('Group'))).toBe(false);
  });

  it('refuses a panel whose dashboard has no source', () => {
    expect(() =>
      createExtensionTester(
        grafanaPanelsPlugin.getExtension('entity-card:grafana-panels/panels'),
        { config: { panels: [{ dashboard: 'demo', panel: 1 }] } },
      ).get(coreExtensionData.reactElement),
    ).toThrow(/a source and a uid/);
  });

  it('adds to the pages of models and teams', () => {
    const tab = createExtensionTester(
      grafanaPanelsPlugin.getExtension('model-tab:grafana-panels/panels'),
    ).get(modelTabDataRef);
    expect(tab).toMatchObject({ path: 'panels', title: 'Panels' });
    expect(
      grafanaPanelsPlugin.getExtension('team-section:grafana-panels/panels'),
    ).toBeDefined();
  });
});

import { createExtensionTester } from '@backstage/frontend-test-utils';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import playgroundPlugin from './index';

describe('playgroundPlugin', () => {
  it('puts a tab on models that have a route, and only on them', () => {
    const tab = createExtensionTester(
      playgroundPlugin.getExtension('entity-content:playground/playground'),
    );
    expect(tab.get(EntityContentBlueprint.dataRefs.title)).toBe('Playground');
    const filter = tab.get(EntityContentBlueprint.dataRefs.filterFunction);
    const entity = (annotations?: Record<string, string>) => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'a', annotations },
    });
    expect(filter?.(entity({ 'llm-platform.dev/route': 'smollm2' }))).toBe(
      true,
    );
    expect(filter?.(entity())).toBe(false);
    expect(
      filter?.({
        ...entity({ 'llm-platform.dev/route': 'quant' }),
        spec: { type: 'team-service' },
      }),
    ).toBe(false);
  });

  it('has the page at /playground', () => {
    expect(playgroundPlugin.getExtension('page:playground')).toBeDefined();
  });
});

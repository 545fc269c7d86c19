import { defaultDashboard, selectsDashboards } from './entityDashboards';
import { DEFAULT_RULES } from './rules';

const entity = (
  kind: string,
  name: string,
  type?: string,
  annotations: Record<string, string> = {},
) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, annotations },
  ...(type && { spec: { type } }),
});

describe('the dashboard of an entity', () => {
  it.each([
    [
      entity('Component', 'quant-smollm2', 'model-deployment', {
        'llm-platform.dev/namespace': 'quant',
        'llm-platform.dev/name': 'smollm2',
      }),
      'llm-models',
      { namespace: ['quant'], model: ['smollm2'] },
    ],
    [entity('Group', 'eval', 'team'), 'llm-team', { team: ['eval'] }],
    [entity('System', 'llm-platform'), 'llm-platform', {}],
  ])('%j', (one, uid, variables) => {
    expect(defaultDashboard(DEFAULT_RULES, one)).toEqual({
      source: 'files',
      uid,
      variables,
    });
  });

  it.each([
    entity('Component', 'website', 'website'),
    entity('User', 'mia'),
    entity('System', 'something-else'),
  ])('%j has none by itself', one => {
    expect(defaultDashboard(DEFAULT_RULES, one)).toBeUndefined();
    expect(selectsDashboards(one)).toBe(false);
  });

  it.each(['grafana/dashboard-selector', 'grafana/tag-selector'])(
    'is said by %s',
    annotation => {
      const one = entity('Component', 'x', 'service', {
        [annotation]: 'my-tag',
      });
      expect(selectsDashboards(one)).toBe(true);
    },
  );
});

import type { EntityDashboardPlacement } from './entityDashboards';

/** Which of the platform's own dashboards belongs to what, where configuration says nothing else. */
export const DEFAULT_RULES: EntityDashboardPlacement[] = [
  {
    filter: {
      kind: 'Component',
      'spec.type': 'model-deployment',
      'metadata.annotations.llm-platform.dev/name': { $exists: true },
    },
    dashboard: 'files/llm-models',
    variables: {
      namespace: '{metadata.annotations.llm-platform.dev/namespace}',
      model: '{metadata.annotations.llm-platform.dev/name}',
    },
  },
  {
    filter: { kind: 'Group' },
    dashboard: 'files/llm-team',
    variables: { team: '{metadata.name}' },
  },
  {
    filter: { kind: 'System', 'metadata.name': 'llm-platform' },
    dashboard: 'files/llm-platform',
  },
];

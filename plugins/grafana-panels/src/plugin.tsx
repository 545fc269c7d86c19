import type { Entity } from '@backstage/catalog-model';
import { createZodV4FilterPredicateSchema } from '@backstage/filter-predicates';
import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import {
  ModelTabBlueprint,
  TeamSectionBlueprint,
} from '@llm-platform/plugin-models-react';
import { RiDashboardLine } from '@remixicon/react';
import { z } from 'zod';
import { panelsFor } from './cards/panelsFor';
import { GrafanaPanelsClient, grafanaPanelsApiRef } from './data/api';
import { defaultDashboard, selectsDashboards } from './entity/entityDashboards';
import { DEFAULT_RULES } from './entity/rules';
import { dashboardPlacementSchema, panelPlacementSchema } from './placement';
import { dashboardsRouteRef } from './routes';

const api = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: grafanaPanelsApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: deps => GrafanaPanelsClient.create(deps),
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/dashboards',
    routeRef: dashboardsRouteRef,
    title: 'Dashboards',
    icon: <RiDashboardLine />,
    noHeader: true,
    loader: () => import('./dashboards').then(m => <m.DashboardsRouter />),
  },
});

const entityContent = EntityContentBlueprint.makeWithOverrides({
  name: 'panels',
  configSchema: {
    /** For entities whose annotations select no dashboards; the first that matches. */
    dashboards: z
      .array(
        z.object({
          ...dashboardPlacementSchema,
          filter: createZodV4FilterPredicateSchema(),
        }),
      )
      .default(DEFAULT_RULES),
  },
  factory(original, { config }) {
    return original({
      path: '/panels',
      title: 'Panels',
      group: 'observability',
      filter: (entity: Entity) =>
        selectsDashboards(entity) ||
        defaultDashboard(config.dashboards, entity) !== undefined,
      loader: () =>
        import('./entity').then(m => (
          <m.EntityPanelsContent rules={config.dashboards} />
        )),
    });
  },
});

const entityCard = EntityCardBlueprint.makeWithOverrides({
  name: 'panels',
  configSchema: {
    panels: z
      .array(
        z.object({
          ...panelPlacementSchema,
          filter: createZodV4FilterPredicateSchema().optional(),
        }),
      )
      .default([]),
  },
  factory(original, { config }) {
    return original({
      type: 'content',
      filter: (entity: Entity) => panelsFor(config.panels, entity).length > 0,
      loader: () =>
        import('./cards').then(m => (
          <m.EntityPanelCards placed={config.panels} />
        )),
    });
  },
});

const teamSection = TeamSectionBlueprint.makeWithOverrides({
  name: 'panels',
  configSchema: {
    panels: z.array(z.object(panelPlacementSchema)).default(
      ['9', '10', '8', '17'].map(panel => ({
        dashboard: 'files/llm-team',
        panel,
        variables: { team: '{team}' },
      })),
    ),
  },
  factory(original, { config }) {
    return original({
      loader: () =>
        import('./cards').then(m => props => (
          <m.TeamPanels {...props} placed={config.panels} />
        )),
    });
  },
});

const modelTab = ModelTabBlueprint.makeWithOverrides({
  name: 'panels',
  configSchema: {
    dashboard: dashboardPlacementSchema.dashboard.default('files/llm-models'),
    variables: dashboardPlacementSchema.variables.default({
      namespace: '{namespace}',
      model: '{name}',
    }),
  },
  factory(original, { config }) {
    return original({
      path: 'panels',
      title: 'Panels',
      loader: () =>
        import('./entity').then(m => props => (
          <m.ModelPanels {...props} placement={config} />
        )),
    });
  },
});

/** Grafana dashboards drawn by the portal: their pages, and panels elsewhere. @public */
export const grafanaPanelsPlugin = createFrontendPlugin({
  pluginId: 'grafana-panels',
  title: 'Dashboards',
  info: { packageJson: () => import('../package.json') },
  routes: { dashboards: dashboardsRouteRef },
  extensions: [api, page, entityContent, entityCard, teamSection, modelTab],
});

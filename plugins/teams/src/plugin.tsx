import {
  createExtensionInput,
  createFrontendPlugin,
  createRouteRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { teamSectionDataRef } from '@llm-platform/plugin-models-react';
import { RiTeamLine } from '@remixicon/react';

const teamsRouteRef = createRouteRef();

const teamsPage = PageBlueprint.makeWithOverrides({
  inputs: { sections: createExtensionInput([teamSectionDataRef]) },
  factory(original, { inputs }) {
    const sections = inputs.sections.map(section =>
      section.get(teamSectionDataRef),
    );
    return original({
      path: '/teams',
      routeRef: teamsRouteRef,
      title: 'Teams',
      icon: <RiTeamLine />,
      noHeader: true,
      loader: () =>
        import('./TeamsRouter').then(m => (
          <m.TeamsRouter sections={sections} />
        )),
    });
  },
});

const entityContent = EntityContentBlueprint.make({
  name: 'team',
  params: {
    path: '/team',
    title: 'LLM platform',
    group: 'operation',
    filter: { kind: 'group' },
    loader: () => import('./entity').then(m => <m.EntityTeamContent />),
  },
});

const serviceCard = EntityCardBlueprint.make({
  name: 'service',
  params: {
    type: 'info',
    filter: {
      kind: 'component',
      'spec.type': 'team-service',
      'metadata.annotations.llm-platform.dev/name': { $exists: true },
    },
    loader: () => import('./service').then(m => <m.EntityServiceCard />),
  },
});

/** What a team runs and holds. @public */
export const teamsPlugin = createFrontendPlugin({
  pluginId: 'teams',
  title: 'Teams',
  info: { packageJson: () => import('../package.json') },
  routes: { teams: teamsRouteRef },
  extensions: [teamsPage, entityContent, serviceCard],
});

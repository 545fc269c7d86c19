import {
  createExtensionBlueprint,
  createExtensionDataRef,
  ExtensionBoundary,
} from '@backstage/frontend-plugin-api';

/** @public */
export interface TeamSectionProps {
  /** Name of the team. */
  team: string;
}

/** The component of a section. @public */
export const teamSectionDataRef = createExtensionDataRef<
  (props: TeamSectionProps) => JSX.Element
>().with({ id: 'teams.section' });

/** A section that another plugin puts on the page of a team, below the team's own. @public */
export const TeamSectionBlueprint = createExtensionBlueprint({
  kind: 'team-section',
  attachTo: { id: 'page:teams', input: 'sections' },
  output: [teamSectionDataRef],
  *factory(
    params: {
      loader: () => Promise<(props: TeamSectionProps) => JSX.Element>;
    },
    { node },
  ) {
    yield teamSectionDataRef(
      ExtensionBoundary.lazyComponent(node, params.loader),
    );
  },
});

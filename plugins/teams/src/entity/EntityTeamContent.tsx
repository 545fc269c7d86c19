import { useEntity } from '@backstage/plugin-catalog-react';
import { TeamOverview } from '../team';

/** The team's page as a tab of its catalog group. */
export function EntityTeamContent() {
  const { entity } = useEntity();
  return <TeamOverview team={entity.metadata.name} />;
}

import { Route, Routes, useParams } from 'react-router-dom';
import { ButtonLink } from '@backstage/ui';
import {
  EmptyState,
  links,
  PageFrame,
} from '@llm-platform/plugin-models-react';
import { TeamsPage } from './list';
import { TeamPage } from './team';

/** The list, and below it the page of each team. */
export function TeamsRouter() {
  return (
    <Routes>
      <Route index element={<TeamsPage />} />
      <Route path=":team" element={<TeamFromUrl />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}

function NotFound() {
  return (
    <PageFrame title="Teams">
      <EmptyState
        title="There is no such page"
        description="The address of a team is its name."
        action={
          <ButtonLink size="small" variant="secondary" href={links.teams()}>
            All teams
          </ButtonLink>
        }
      />
    </PageFrame>
  );
}

function TeamFromUrl() {
  const { team = '' } = useParams();
  return <TeamPage key={team} team={team} />;
}

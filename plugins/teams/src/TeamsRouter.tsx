import { Route, Routes, useParams } from 'react-router-dom';
import { ButtonLink } from '@backstage/ui';
import {
  EmptyState,
  links,
  PageFrame,
  type TeamSectionProps,
} from '@llm-platform/plugin-models-react';
import { TeamsPage } from './list';
import { TeamPage } from './team';

type TeamSection = (props: TeamSectionProps) => JSX.Element;

/** The list, and below it the page of each team; `sections` are those of other plugins. */
export function TeamsRouter(props: { sections?: TeamSection[] }) {
  return (
    <Routes>
      <Route index element={<TeamsPage />} />
      <Route path=":team" element={<TeamFromUrl sections={props.sections} />} />
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

function TeamFromUrl(props: { sections?: TeamSection[] }) {
  const { team = '' } = useParams();
  return <TeamPage key={team} team={team} sections={props.sections} />;
}

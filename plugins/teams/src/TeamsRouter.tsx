import { Route, Routes, useParams } from 'react-router-dom';
import { TeamsPage } from './list';
import { TeamPage } from './team';

/** The list, and below it the page of each team. */
export function TeamsRouter() {
  return (
    <Routes>
      <Route index element={<TeamsPage />} />
      <Route path=":team" element={<TeamFromUrl />} />
    </Routes>
  );
}

function TeamFromUrl() {
  const { team = '' } = useParams();
  return <TeamPage key={team} team={team} />;
}

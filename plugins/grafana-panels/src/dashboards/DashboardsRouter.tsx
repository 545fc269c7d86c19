import { Route, Routes, useParams } from 'react-router-dom';
import { ButtonLink } from '@backstage/ui';
import { EmptyState, PageFrame } from '@llm-platform/plugin-models-react';
import { dashboardLinks } from './links';
import { DashboardsPage } from './list';
import { DashboardPage } from './page';

/** The list, and below it the page of each dashboard. */
export function DashboardsRouter() {
  return (
    <Routes>
      <Route index element={<DashboardsPage />} />
      <Route path=":source/:uid" element={<DashboardFromUrl />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}

function NotFound() {
  return (
    <PageFrame title="Dashboards">
      <EmptyState
        title="There is no such page"
        description="The address of a dashboard is its source and its uid."
        action={
          <ButtonLink
            size="small"
            variant="secondary"
            href={dashboardLinks.all()}
          >
            All dashboards
          </ButtonLink>
        }
      />
    </PageFrame>
  );
}

function DashboardFromUrl() {
  const { source = '', uid = '' } = useParams();
  // Another dashboard is another page: no data or dialog carries over.
  return <DashboardPage key={`${source}/${uid}`} source={source} uid={uid} />;
}

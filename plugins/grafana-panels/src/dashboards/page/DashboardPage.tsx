import { Link } from 'react-router-dom';
import { ButtonLink, Skeleton } from '@backstage/ui';
import { ErrorPanel, PageFrame } from '@llm-platform/plugin-models-react';
import { useDashboard } from '../../data';
import { dashboardLinks } from '../links';
import { useUrlSettings } from '../url';
import { DashboardView } from '../view';
import { UndrawableDashboard } from './UndrawableDashboard';
import css from './DashboardPage.module.css';

/** One dashboard; what the reader sets stands in the address. */
export function DashboardPage(props: { source: string; uid: string }) {
  const { source, uid } = props;
  const loaded = useDashboard({ source, uid });
  const control = useUrlSettings();
  const breadcrumb = <Link to={dashboardLinks.all()}>Dashboards</Link>;
  const back = (
    <ButtonLink size="small" variant="secondary" href={dashboardLinks.all()}>
      All dashboards
    </ButtonLink>
  );

  if (!loaded.data) {
    return (
      <PageFrame title={uid} breadcrumb={breadcrumb}>
        {loaded.error ? (
          <ErrorPanel
            error={loaded.error}
            what={`the dashboard ${uid}`}
            onRetry={loaded.retry}
            action={back}
          />
        ) : (
          <Loading />
        )}
      </PageFrame>
    );
  }
  const { dashboard, problems, url } = loaded.data;
  if (!dashboard) {
    return (
      <PageFrame title={uid} breadcrumb={breadcrumb}>
        <UndrawableDashboard
          problems={problems}
          action={
            url ? (
              <ButtonLink
                size="small"
                variant="secondary"
                href={url}
                target="_blank"
              >
                Open in Grafana
              </ButtonLink>
            ) : (
              back
            )
          }
        />
      </PageFrame>
    );
  }
  return (
    <PageFrame
      title={dashboard.title || uid}
      breadcrumb={breadcrumb}
      subtitle={dashboard.description}
    >
      <DashboardView
        dashboard={dashboard}
        problems={problems}
        source={source}
        uid={uid}
        url={url}
        control={control}
      />
    </PageFrame>
  );
}

function Loading() {
  return (
    <div
      className={css.loading}
      role="status"
      aria-label="Loading the dashboard"
    >
      <Skeleton height={32} />
      {Array.from({ length: 6 }, (_, index) => (
        <Skeleton key={index} height={260} />
      ))}
    </div>
  );
}

import { useMemo } from 'react';
import { Skeleton } from '@backstage/ui';
import { ErrorPanel } from '@llm-platform/plugin-models-react';
import { useDashboard } from '../../data';
import { useUrlSettings } from '../url';
import { DashboardView } from '../view';
import { UndrawableDashboard } from './UndrawableDashboard';

/** A dashboard inside another page: that place sets some variables, the address the others. */
export function PlacedDashboard(props: {
  dashboard: {
    source: string;
    uid: string;
    variables: Record<string, string[]>;
  };
}) {
  const { source, uid, variables } = props.dashboard;
  const loaded = useDashboard({ source, uid });
  const { settings, change } = useUrlSettings();
  const control = useMemo(
    () => ({
      settings: {
        ...settings,
        variables: { ...variables, ...settings.variables },
      },
      change,
    }),
    [settings, change, variables],
  );
  if (!loaded.data) {
    return loaded.error ? (
      <ErrorPanel
        error={loaded.error}
        what={`the dashboard ${uid}`}
        onRetry={loaded.retry}
      />
    ) : (
      <Skeleton height={320} />
    );
  }
  const { dashboard, problems, url } = loaded.data;
  return dashboard ? (
    <DashboardView
      dashboard={dashboard}
      problems={problems}
      source={source}
      uid={uid}
      url={url}
      control={control}
    />
  ) : (
    <UndrawableDashboard problems={problems} />
  );
}

import type { ReactNode } from 'react';
import { EmptyState } from '@llm-platform/plugin-models-react';
import type { DashboardNotice } from '@llm-platform/plugin-grafana-panels-common';

/** Instead of a dashboard that could not be parsed. */
export function UndrawableDashboard(props: {
  problems: readonly DashboardNotice[];
  action?: ReactNode;
}) {
  return (
    <EmptyState
      title="The portal can't draw this dashboard"
      description={props.problems.map(({ message }) => message).join(' ')}
      action={props.action}
    />
  );
}

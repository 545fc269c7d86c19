import { useMemo } from 'react';
import type { ModelTabProps } from '@llm-platform/plugin-models-react';
import { PlacedDashboard } from '../dashboards';
import { fillVariables, refOf, type DashboardPlacement } from '../placement';

/** A model's dashboard on its page. */
export function ModelPanels(
  props: ModelTabProps & { placement: DashboardPlacement },
) {
  const { model, placement } = props;
  const { cluster, namespace, name } = model;
  const dashboard = useMemo(
    () => ({
      ...refOf(placement.dashboard),
      variables: fillVariables(placement.variables, {
        cluster,
        namespace,
        name,
      }),
    }),
    [placement, cluster, namespace, name],
  );
  return <PlacedDashboard dashboard={dashboard} />;
}

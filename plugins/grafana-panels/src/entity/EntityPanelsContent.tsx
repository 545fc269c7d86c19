import { useSearchParams } from 'react-router-dom';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { ButtonLink, Skeleton } from '@backstage/ui';
import {
  EmptyState,
  ErrorPanel,
  fieldStyles,
} from '@llm-platform/plugin-models-react';
import { useDashboards } from '../data';
import { dashboardLinks, PlacedDashboard } from '../dashboards';
import {
  defaultDashboard,
  selectsDashboards,
  type EntityDashboard,
  type EntityDashboardPlacement,
} from './entityDashboards';
import css from './EntityPanelsContent.module.css';

/** Which of several dashboards is open. */
const CHOICE = 'dashboard';

/** The dashboards of an entity, one at a time. */
export function EntityPanelsContent(props: {
  rules: EntityDashboardPlacement[];
}) {
  const { entity } = useEntity();
  if (selectsDashboards(entity)) {
    return <Selected entityRef={stringifyEntityRef(entity)} />;
  }
  const dashboard = defaultDashboard(props.rules, entity);
  return dashboard ? (
    <One dashboard={dashboard} />
  ) : (
    <EmptyState
      title="No dashboards"
      description="The annotation grafana/dashboard-selector of the entity says which dashboards belong to it."
    />
  );
}

function Selected(props: { entityRef: string }) {
  const dashboards = useDashboards({ entity: props.entityRef });
  const [params, setParams] = useSearchParams();
  const items = dashboards.data?.items ?? [];
  const idOf = ({ source, uid }: { source: string; uid: string }) =>
    `${source}/${uid}`;
  const open =
    items.find(item => idOf(item) === params.get(CHOICE)) ?? items[0];

  if (!dashboards.data) {
    return dashboards.error ? (
      <ErrorPanel
        error={dashboards.error}
        what="the dashboards of this entity"
        onRetry={dashboards.retry}
      />
    ) : (
      <Skeleton height={320} />
    );
  }
  if (!open) {
    const { problems } = dashboards.data;
    return (
      <EmptyState
        title={
          problems.length
            ? 'No dashboard can be read now'
            : 'No dashboard matches'
        }
        description={
          problems.map(({ message }) => message).join(' ') ||
          'No dashboard is selected by the annotation grafana/dashboard-selector of this entity.'
        }
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
    );
  }
  return (
    <div className={css.content}>
      {items.length > 1 ? (
        <label className={css.choice}>
          Dashboard
          <select
            className={fieldStyles.field}
            value={idOf(open)}
            onChange={event =>
              // Another dashboard has other variables: only the time goes along.
              setParams(previous => {
                const next = new URLSearchParams({
                  [CHOICE]: event.target.value,
                });
                for (const key of ['from', 'to', 'refresh']) {
                  const value = previous.get(key);
                  if (value) {
                    next.set(key, value);
                  }
                }
                return next;
              })
            }
          >
            {items.map(item => (
              <option key={idOf(item)} value={idOf(item)}>
                {item.title}
              </option>
            ))}
          </select>
        </label>
      ) : undefined}
      <PlacedDashboard
        key={idOf(open)}
        dashboard={{ ...open, variables: {} }}
      />
    </div>
  );
}

function One(props: { dashboard: EntityDashboard }) {
  const { source, uid } = props.dashboard;
  return (
    <PlacedDashboard key={`${source}/${uid}`} dashboard={props.dashboard} />
  );
}

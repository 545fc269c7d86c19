import { Link, NavLink, Route, Routes } from 'react-router-dom';
import { ButtonLink, Skeleton } from '@backstage/ui';
import {
  CopyField,
  EmptyState,
  ErrorPanel,
  links,
  PageFrame,
  SimulatedChip,
  StaleBanner,
  StateMark,
  useModel,
  type ModelTab,
} from '@llm-platform/plugin-models-react';
import type {
  ModelDeploymentDetail,
  ModelDeploymentRef,
} from '@llm-platform/plugin-models-common';
import { LogsTab } from '../logs';
import { ConfigTab } from './ConfigTab';
import { ModelMenu } from './ModelMenu';
import { ModelOverview } from './ModelOverview';
import css from './ModelPage.module.css';

/** @internal */
export interface ModelPageProps {
  modelRef: ModelDeploymentRef;
  /** Of other plugins. */
  tabs?: ModelTab[];
}

/**
 * One model: state and reason first, then how it got there. Its parts have addresses of their own,
 * so they are links and not an ARIA tab list.
 */
export function ModelPage(props: ModelPageProps) {
  const { modelRef, tabs = [] } = props;
  const model = useModel(modelRef);
  const breadcrumb = <Link to={links.models()}>Models</Link>;

  if (!model.data) {
    return (
      <PageFrame title={modelRef.name} breadcrumb={breadcrumb}>
        {model.error ? (
          <ErrorPanel
            error={model.error}
            what={`the model ${modelRef.namespace}/${modelRef.name}`}
            onRetry={model.retry}
            action={
              <ButtonLink
                href={links.models()}
                variant="secondary"
                size="small"
              >
                All models
              </ButtonLink>
            }
          />
        ) : (
          <Loading />
        )}
      </PageFrame>
    );
  }

  const detail = model.data;
  return (
    <PageFrame
      title={detail.name}
      breadcrumb={breadcrumb}
      aside={
        <>
          <StateMark
            state={detail.state}
            reason={detail.reason}
            lastSeen={detail.lastSeen}
            size="medium"
          />
          <SimulatedChip what={detail.simulated} />
        </>
      }
      actions={
        <>
          <ButtonLink
            href={links.playground({
              model: detail.route,
              cluster: detail.cluster,
            })}
            variant="primary"
            size="small"
          >
            Open playground
          </ButtonLink>
          <ModelMenu model={detail} />
        </>
      }
      subtitle={<Facts model={detail} />}
      tabs={
        <nav className={css.tabs} aria-label="Pages of the model">
          <NavLink to={links.model(modelRef)} end>
            Overview
          </NavLink>
          <NavLink to={links.model(modelRef, 'logs')}>Logs</NavLink>
          {tabs.map(({ path, title }) => (
            <NavLink key={path} to={`${links.model(modelRef)}/${path}`}>
              {title}
            </NavLink>
          ))}
          <NavLink to={links.model(modelRef, 'config')}>Config</NavLink>
        </nav>
      }
    >
      <StaleBanner
        error={model.error}
        updatedAt={model.updatedAt}
        onRetry={model.retry}
      />
      <Routes>
        <Route index element={<ModelOverview model={detail} />} />
        <Route path="logs" element={<LogsTab model={detail} />} />
        <Route path="config" element={<ConfigTab model={detail} />} />
        {tabs.map(({ path, Content }) => (
          <Route key={path} path={path} element={<Content model={detail} />} />
        ))}
        <Route
          path="*"
          element={
            <EmptyState
              title="There is no such page"
              description="The model has an overview, logs and a configuration."
              action={
                <ButtonLink
                  href={links.model(modelRef)}
                  variant="secondary"
                  size="small"
                >
                  Overview
                </ButtonLink>
              }
            />
          }
        />
      </Routes>
    </PageFrame>
  );
}

function Facts(props: { model: ModelDeploymentDetail }) {
  const { model } = props;
  return (
    <div className={css.facts}>
      <span>{model.modelId}</span>
      <span>
        {model.replicas.ready}/{model.replicas.desired} ready
      </span>
      <span>
        Team <Link to={links.team(model.team)}>{model.team}</Link>
      </span>
      <span>
        {model.gpus.requested > 0 ? (
          <Link to={links.gpus({ by: 'model' })}>
            {model.gpus.requested} × {model.gpus.product ?? 'GPU'}
          </Link>
        ) : (
          'CPU'
        )}
      </span>
      <span>
        {model.namespace} on {model.cluster}
      </span>
      <span className={css.endpoint}>
        <CopyField
          label="endpoint"
          value={model.endpoint.gateway ?? model.endpoint.internal}
        />
      </span>
    </div>
  );
}

function Loading() {
  return (
    <div className={css.loading} role="status" aria-label="Loading the model">
      <Skeleton height={20} width="40%" />
      <Skeleton height={120} />
      <Skeleton height={160} />
    </div>
  );
}

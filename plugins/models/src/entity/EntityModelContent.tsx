import { useEntity } from '@backstage/plugin-catalog-react';
import { ButtonLink, Skeleton } from '@backstage/ui';
import {
  CopyField,
  EmptyState,
  ErrorPanel,
  links,
  SimulatedChip,
  StaleBanner,
  StateMark,
  useModel,
} from '@llm-platform/plugin-models-react';
import type { ModelDeploymentRef } from '@llm-platform/plugin-models-common';
import { ModelMenu, ModelOverview } from '../model';
import { modelRefOf } from './modelRefOf';
import css from './Entity.module.css';

/** The model's overview as a tab of its catalog entity. */
export function EntityModelContent() {
  const { entity } = useEntity();
  const modelRef = modelRefOf(entity);
  return modelRef ? (
    <Content modelRef={modelRef} />
  ) : (
    <EmptyState
      title="Not linked to a model"
      description="The entity needs the annotations llm-platform.dev/cluster, llm-platform.dev/namespace and llm-platform.dev/name."
    />
  );
}

function Content(props: { modelRef: ModelDeploymentRef }) {
  const { modelRef } = props;
  const model = useModel(modelRef);
  if (!model.data) {
    return model.error ? (
      <ErrorPanel
        error={model.error}
        what={`the model ${modelRef.namespace}/${modelRef.name}`}
        onRetry={model.retry}
      />
    ) : (
      <Skeleton height={240} />
    );
  }
  return (
    <div className={css.content}>
      <div className={css.head}>
        <StateMark
          state={model.data.state}
          reason={model.data.reason}
          lastSeen={model.data.lastSeen}
          size="medium"
        />
        <span>
          {model.data.replicas.ready}/{model.data.replicas.desired} ready
        </span>
        <SimulatedChip what={model.data.simulated} />
        <CopyField
          label="endpoint"
          value={model.data.endpoint.gateway ?? model.data.endpoint.internal}
        />
        <span className={css.actions}>
          <ButtonLink
            size="small"
            variant="secondary"
            href={links.model(modelRef, 'logs')}
          >
            Logs
          </ButtonLink>
          <ButtonLink
            size="small"
            variant="primary"
            href={links.playground({
              model: model.data.route,
              cluster: model.data.cluster,
            })}
          >
            Open playground
          </ButtonLink>
          <ModelMenu model={model.data} />
        </span>
      </div>
      <StaleBanner
        error={model.error}
        updatedAt={model.updatedAt}
        onRetry={model.retry}
      />
      <ModelOverview model={model.data} />
    </div>
  );
}

import { Link } from 'react-router-dom';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Card, CardBody, CardHeader, Skeleton } from '@backstage/ui';
import {
  CopyField,
  ErrorPanel,
  links,
  SimulatedChip,
  StateMark,
  useModel,
} from '@llm-platform/plugin-models-react';
import type { ModelDeploymentRef } from '@llm-platform/plugin-models-common';
import { modelRefOf } from './modelRefOf';
import css from './Entity.module.css';

/** State, replicas and endpoint on the entity's overview. */
export function EntityModelCard() {
  const { entity } = useEntity();
  const modelRef = modelRefOf(entity);
  return modelRef ? <ModelCard modelRef={modelRef} /> : undefined;
}

function ModelCard(props: { modelRef: ModelDeploymentRef }) {
  const model = useModel(props.modelRef);
  return (
    <Card>
      <CardHeader>Model</CardHeader>
      <CardBody>
        {model.loading ? <Skeleton height={96} /> : undefined}
        {model.error && !model.data ? (
          <ErrorPanel
            error={model.error}
            what="this model"
            onRetry={model.retry}
          />
        ) : undefined}
        {model.data ? (
          <dl className={css.facts}>
            <dt>State</dt>
            <dd>
              <StateMark
                state={model.data.state}
                reason={model.data.reason}
                lastSeen={model.data.lastSeen}
              />{' '}
              <SimulatedChip what={model.data.simulated} />
            </dd>
            <dt>Ready</dt>
            <dd>
              {model.data.replicas.ready}/{model.data.replicas.desired}
            </dd>
            <dt>Model</dt>
            <dd>{model.data.modelId}</dd>
            <dt>Endpoint</dt>
            <dd>
              <CopyField
                label="endpoint"
                value={
                  model.data.endpoint.gateway ?? model.data.endpoint.internal
                }
              />
            </dd>
            <dt>Open</dt>
            <dd>
              <Link to={links.model(model.data)}>Model</Link>
              {' · '}
              <Link to={links.model(model.data, 'logs')}>Logs</Link>
              {' · '}
              <Link
                to={links.playground({
                  model: model.data.route,
                  cluster: model.data.cluster,
                })}
              >
                Playground
              </Link>
            </dd>
          </dl>
        ) : undefined}
      </CardBody>
    </Card>
  );
}

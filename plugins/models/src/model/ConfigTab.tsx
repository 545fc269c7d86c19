import type { ReactNode } from 'react';
import {
  CopyField,
  EmptyState,
  RelativeTime,
  Section,
  tableStyles as table,
} from '@llm-platform/plugin-models-react';
import type {
  ModelDeploymentDetail,
  ModelDeploymentSpec,
} from '@llm-platform/plugin-models-common';
import { toYaml } from './yaml';
import css from './ModelPage.module.css';

/** The stored spec, where to reach the model, and its revisions. */
export function ConfigTab(props: { model: ModelDeploymentDetail }) {
  const { model } = props;
  return (
    <div className={css.columns}>
      <div className={css.overview}>
        <Section title="Endpoint">
          <Pairs
            pairs={[
              [
                'Model name',
                <CopyField label="model name" value={model.route} />,
              ],
              model.endpoint.gateway
                ? [
                    'Through the gateway',
                    <CopyField
                      label="gateway endpoint"
                      value={model.endpoint.gateway}
                    />,
                  ]
                : undefined,
              [
                'In the cluster',
                <CopyField
                  label="in-cluster endpoint"
                  value={model.endpoint.internal}
                />,
              ],
            ]}
          />
        </Section>
        {model.spec ? (
          <Section title="Engine">
            <Pairs pairs={enginePairs(model.spec)} />
          </Section>
        ) : undefined}
        <Section title="Revisions" count={model.revisions.length}>
          <Revisions revisions={model.revisions} />
        </Section>
      </div>
      <Section title="Spec">
        {model.spec ? (
          <pre className={css.yaml}>{toYaml(model.spec)}</pre>
        ) : (
          <EmptyState
            title="No stored spec"
            description="This model was not deployed through the portal, so its settings are only in the cluster."
          />
        )}
      </Section>
    </div>
  );
}

type Pair = [string, ReactNode];

function Pairs(props: { pairs: Array<Pair | undefined> }) {
  return (
    <dl className={css.pairs}>
      {props.pairs
        .filter((pair): pair is Pair => Boolean(pair))
        .map(([name, value]) => [
          <dt key={`${name}-name`}>{name}</dt>,
          <dd key={name}>{value}</dd>,
        ])}
    </dl>
  );
}

function enginePairs({ spec }: ModelDeploymentSpec): Array<Pair | undefined> {
  const { engine } = spec;
  return [
    ['Model', spec.model.id],
    ['Profile', spec.profile],
    ['Replicas', spec.replicas],
    ['Quantization', engine.quantization],
    ['Type', engine.dtype],
    ['Context length', `${engine.maxModelLen.toLocaleString('en-US')} tokens`],
    ['GPU memory utilization', engine.gpuMemoryUtilization],
    engine.tensorParallelSize
      ? ['Tensor parallel size', engine.tensorParallelSize]
      : undefined,
    ['CPU', `${spec.resources.requests.cpu} to ${spec.resources.limits.cpu}`],
    [
      'Memory',
      `${spec.resources.requests.memory} to ${spec.resources.limits.memory}`,
    ],
    [
      'Volume',
      `${spec.storage.size}${
        spec.storage.storageClassName
          ? ` (${spec.storage.storageClassName})`
          : ''
      }`,
    ],
    spec.tokenSecret
      ? [
          'Token',
          `Secret ${spec.tokenSecret.name}, key ${spec.tokenSecret.key}`,
        ]
      : undefined,
  ];
}

function Revisions(props: { revisions: ModelDeploymentDetail['revisions'] }) {
  if (props.revisions.length === 0) {
    return <p className={css.none}>No revision was recorded.</p>;
  }
  return (
    <table className={table.table} aria-label="Revisions">
      <thead>
        <tr>
          <th scope="col" className={table.number}>
            Revision
          </th>
          <th scope="col">Applied</th>
          <th scope="col">By run</th>
        </tr>
      </thead>
      <tbody>
        {props.revisions.map(revision => (
          <tr key={revision.revision}>
            <td className={table.number}>{revision.revision}</td>
            <td>
              <RelativeTime time={revision.appliedAt} />
            </td>
            <td className={css.mono}>{revision.appliedBy ?? 'unknown'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

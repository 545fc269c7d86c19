import type { FormOptions } from '@llm-platform/plugin-models-common';
import { useModels } from '@llm-platform/plugin-models-react';
import { FieldNumber } from '../components/FieldNumber';
import { FieldSelect } from '../components/FieldSelect';
import { FieldText } from '../components/FieldText';
import css from '../components/Form.module.css';
import type { ServiceDraft } from './complete';

/** Where the service is, what it is called, and what it may ask of which model. */
export function ServiceSection(props: {
  options: FormOptions;
  draft: ServiceDraft;
  problemOf: (path: string) => string | undefined;
  onChange: (next: ServiceDraft) => void;
}) {
  const { options, draft, problemOf, onChange } = props;
  const { cluster } = draft;
  const { metadata, spec } = draft.spec;
  const models = useModels();
  const here = options.namespaces.filter(place => place.cluster === cluster);
  const clusters = options.clusters.filter(({ name }) =>
    options.namespaces.some(place => place.cluster === name),
  );
  const isEmbedded = clusters.some(
    ({ name, embedded }) => name === cluster && embedded,
  );
  const usable = (models.data?.items ?? []).filter(
    model => model.cluster === cluster,
  );

  const setSpec = (change: Partial<typeof spec>) =>
    onChange({
      ...draft,
      spec: { ...draft.spec, spec: { ...spec, ...change } },
    });
  const moveTo = (nextCluster: string, namespace: string) => {
    const place = options.namespaces.find(
      other => other.cluster === nextCluster && other.name === namespace,
    );
    if (!place) {
      return;
    }
    onChange({
      cluster: nextCluster,
      spec: {
        ...draft.spec,
        metadata: { ...metadata, namespace, team: place.team },
        spec: {
          ...spec,
          // A route that the person has written stays.
          route: spec.route === metadata.team ? place.team : spec.route,
          ...(nextCluster !== cluster && { model: '' }),
        },
      },
    });
  };

  return (
    <>
      <fieldset className={css.section}>
        <legend>Service</legend>
        {clusters.length > 1 ? (
          <FieldSelect
            label="Cluster"
            value={cluster}
            options={clusters.map(({ name, title, readOnly, state }) => ({
              id: name,
              label: title ?? name,
              disabled: readOnly || state === 'unreachable',
            }))}
            onChange={next => {
              const place =
                options.namespaces.find(
                  other =>
                    other.cluster === next && other.name === metadata.namespace,
                ) ?? options.namespaces.find(other => other.cluster === next);
              moveTo(next, place?.name ?? '');
            }}
          />
        ) : undefined}
        <FieldSelect
          label="Team"
          description="Owns the service, its repository's content and its key."
          value={metadata.namespace}
          problem={
            problemOf('metadata.namespace') ?? problemOf('metadata.team')
          }
          options={here.map(place => ({
            id: place.name,
            label: place.team,
            description: `namespace ${place.name}`,
          }))}
          onChange={namespace => moveTo(cluster, namespace)}
        />
        <FieldText
          label="Name"
          placeholder="summaries"
          value={metadata.name}
          problem={metadata.name ? problemOf('metadata.name') : undefined}
          onChange={name =>
            onChange({
              ...draft,
              spec: {
                ...draft.spec,
                metadata: { ...metadata, name },
                spec: {
                  ...spec,
                  // As long as the route is the name, it stays the name.
                  route:
                    metadata.name && spec.route === metadata.name
                      ? name
                      : spec.route,
                },
              },
            })
          }
        />
        <FieldText
          label="Route"
          description={`Applications call POST /api/${
            spec.route || '…'
          }/predict at the gateway.`}
          value={spec.route}
          problem={problemOf('spec.route')}
          onChange={route => setSpec({ route })}
        />
        {isEmbedded ? undefined : (
          <FieldText
            label="Image"
            description="What the repository's workflow pushes, with its tag."
            placeholder="registry.example.com/summaries:0.1.0"
            value={spec.image}
            problem={spec.image ? problemOf('spec.image') : undefined}
            onChange={image => setSpec({ image })}
          />
        )}
        <FieldNumber
          label="Replicas"
          minValue={0}
          maxValue={16}
          value={spec.replicas}
          problem={problemOf('spec.replicas')}
          onChange={replicas => setSpec({ replicas: replicas ?? 0 })}
        />
      </fieldset>
      <fieldset className={css.section}>
        <legend>Model</legend>
        <FieldSelect
          label="Model"
          description="The service's key may use this one and no other."
          placeholder="Choose a model"
          value={spec.model}
          problem={spec.model ? problemOf('spec.model') : undefined}
          options={usable.map(({ route, modelId, team }) => ({
            id: route,
            label: route,
            description: `${modelId} · team ${team}`,
          }))}
          onChange={model => setSpec({ model })}
        />
        <FieldNumber
          label="Requests per minute"
          description="Of all its pods together; empty for the team's own limit alone."
          minValue={1}
          value={spec.limits.requestsPerMinute}
          problem={problemOf('spec.limits.requestsPerMinute')}
          onChange={requestsPerMinute =>
            setSpec({ limits: without({ ...spec.limits, requestsPerMinute }) })
          }
        />
        <FieldNumber
          label="Tokens per minute"
          minValue={1}
          value={spec.limits.tokensPerMinute}
          problem={problemOf('spec.limits.tokensPerMinute')}
          onChange={tokensPerMinute =>
            setSpec({ limits: without({ ...spec.limits, tokensPerMinute }) })
          }
        />
      </fieldset>
    </>
  );
}

/** A limit that is left out is left out, not undefined: what is sent is JSON. */
function without<T extends object>(limits: T): T {
  return JSON.parse(JSON.stringify(limits)) as T;
}

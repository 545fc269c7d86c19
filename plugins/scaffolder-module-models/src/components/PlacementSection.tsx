import { chooseProfile, withMetadata, withSpec } from '../deployment';
import { FieldNumber } from './FieldNumber';
import { FieldSelect } from './FieldSelect';
import type { SectionProps } from './section';
import css from './Form.module.css';

/** Where it runs, for whom, on what. */
export function PlacementSection(props: SectionProps) {
  const { options, deployment, onChange, problemOf } = props;
  const { cluster, spec } = deployment;
  const { metadata } = spec;
  const here = options.namespaces.filter(place => place.cluster === cluster);
  const clusters = options.clusters.filter(({ name }) =>
    options.namespaces.some(place => place.cluster === name),
  );
  const profile = options.profiles.find(({ id }) => id === spec.spec.profile);

  return (
    <fieldset className={css.section}>
      <legend>Place</legend>
      {clusters.length > 1 ? (
        <FieldSelect
          label="Cluster"
          value={cluster}
          options={clusters.map(({ name, title, readOnly, state }) => ({
            id: name,
            label: title ?? name,
            disabled: readOnly || state === 'unreachable',
            description: describeCluster(readOnly, state),
          }))}
          onChange={next => {
            const place =
              options.namespaces.find(
                other =>
                  other.cluster === next && other.name === metadata.namespace,
              ) ?? options.namespaces.find(other => other.cluster === next);
            onChange({
              ...withMetadata(deployment, {
                namespace: place?.name ?? '',
                team: place?.team ?? '',
              }),
              cluster: next,
            });
          }}
        />
      ) : undefined}
      <FieldSelect
        label="Team"
        description="Owns the model and pays for it."
        value={metadata.namespace}
        problem={problemOf('metadata.namespace') ?? problemOf('metadata.team')}
        options={here.map(place => ({
          id: place.name,
          label: place.team,
          description: `namespace ${place.name}`,
        }))}
        onChange={namespace => {
          const place = here.find(({ name }) => name === namespace);
          onChange(
            withMetadata(deployment, {
              namespace,
              team: place?.team ?? metadata.team,
            }),
          );
        }}
      />
      <FieldSelect
        label="GPU profile"
        description={profile ? describeProfile(profile) : undefined}
        placeholder="Choose a profile"
        value={spec.spec.profile}
        problem={problemOf('spec.profile')}
        options={options.profiles.map(candidate => ({
          id: candidate.id,
          label: candidate.title,
          description: describeProfile(candidate),
        }))}
        onChange={next => onChange(chooseProfile(deployment, next, options))}
      />
      <FieldNumber
        label="Replicas"
        minValue={0}
        maxValue={32}
        value={spec.spec.replicas}
        problem={problemOf('spec.replicas')}
        onChange={replicas =>
          onChange(withSpec(deployment, { replicas: replicas ?? 0 }))
        }
      />
    </fieldset>
  );
}

function describeCluster(readOnly: boolean, state: string): string | undefined {
  if (readOnly) {
    return 'read only';
  }
  return state === 'synced' ? undefined : state;
}

function describeProfile(profile: {
  gpu?: { count: number; memoryGiB: number };
  maxNodes: number;
  pricePerHour?: number;
}): string {
  const nodes =
    profile.maxNodes === 0
      ? 'no nodes in this cluster'
      : `up to ${profile.maxNodes} node${profile.maxNodes === 1 ? '' : 's'}`;
  return [
    profile.gpu
      ? `${profile.gpu.count > 1 ? `${profile.gpu.count} × ` : ''}${
          profile.gpu.memoryGiB
        } GiB`
      : 'no GPU',
    nodes,
    profile.pricePerHour === undefined
      ? undefined
      : `$${profile.pricePerHour} per node and hour`,
  ]
    .filter(Boolean)
    .join(' · ');
}

import {
  MODEL_API_VERSION,
  SERVICE_KIND,
  serviceImage,
  type FormOptions,
  type TeamServiceSpec,
} from '@llm-platform/plugin-models-common';

/** Value of the field. */
export interface ServiceDraft {
  cluster: string;
  spec: TeamServiceSpec;
}

/** Of the first image; a repository's later ones have their own. */
const FIRST_TAG = '0.1.0';

/** A service does little itself: the model works. */
const RESOURCES: TeamServiceSpec['spec']['resources'] = {
  requests: { cpu: '50m', memory: '96Mi' },
  limits: { cpu: '500m', memory: '256Mi' },
};

/** Whether the value has every part that the form draws. */
export function isServiceDraft(value: unknown): value is ServiceDraft {
  const { cluster, spec } = (value ?? {}) as Partial<ServiceDraft>;
  return (
    typeof cluster === 'string' &&
    typeof spec?.metadata?.name === 'string' &&
    typeof spec.metadata.namespace === 'string' &&
    typeof spec.spec?.route === 'string' &&
    typeof spec.spec.model === 'string' &&
    typeof spec.spec.image === 'string'
  );
}

/** An empty form at the first place where the person may make a service. */
export function newServiceDraft(options: FormOptions): ServiceDraft {
  const [place] = options.namespaces;
  return withImage(
    {
      cluster: place.cluster,
      spec: {
        apiVersion: MODEL_API_VERSION,
        kind: SERVICE_KIND,
        metadata: { name: '', namespace: place.name, team: place.team },
        spec: {
          route: place.team,
          model: '',
          image: '',
          replicas: 1,
          resources: RESOURCES,
          limits: { requestsPerMinute: 60, tokensPerMinute: 20_000 },
        },
      },
    },
    options,
  );
}

/** Names the image by where and what the service is, on a cluster that takes images from this machine. */
export function withImage(
  draft: ServiceDraft,
  options: FormOptions,
): ServiceDraft {
  const { cluster, spec } = draft;
  const isEmbedded = options.clusters.some(
    ({ name, embedded }) => name === cluster && embedded,
  );
  return isEmbedded
    ? {
        ...draft,
        spec: {
          ...spec,
          spec: { ...spec.spec, image: serviceImage(spec.metadata, FIRST_TAG) },
        },
      }
    : draft;
}

import {
  MODEL_API_VERSION,
  type FormOptions,
  type ModelPreset,
} from '@llm-platform/plugin-models-common';
import { deriveName } from './names';
import type { Deployment } from './types';

/** Where there isn't even a preset. */
const BLANK = {
  model: { id: '' },
  profile: '',
  replicas: 1,
  engine: {
    quantization: 'none',
    dtype: 'auto',
    maxModelLen: 2048,
    gpuMemoryUtilization: 0.9,
  },
  resources: {
    requests: { cpu: '1', memory: '2Gi' },
    limits: { cpu: '2', memory: '4Gi' },
  },
  storage: { size: '20Gi' },
};

type Plain = Record<string, unknown>;

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value ? value : undefined;
}

/** `over` wins; what it leaves out or leaves empty comes from `base`. */
function merge(base: Plain, over: Plain): Plain {
  const result: Plain = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = result[key];
    if (isPlain(value)) {
      const merged = merge(isPlain(below) ? below : {}, value);
      if (Object.keys(merged).length > 0) {
        result[key] = merged;
      }
    } else if (value !== undefined && value !== null) {
      result[key] = value;
    }
  }
  return result;
}

/** Whether the value has every part that the form draws. */
export function isComplete(value: unknown): value is Deployment {
  if (!isPlain(value) || !text(value.cluster) || !isPlain(value.spec)) {
    return false;
  }
  const { metadata, spec, apiVersion } = value.spec;
  return (
    text(apiVersion) !== undefined &&
    isPlain(metadata) &&
    typeof metadata.name === 'string' &&
    typeof metadata.namespace === 'string' &&
    isPlain(spec) &&
    isPlain(spec.model) &&
    typeof spec.model.id === 'string' &&
    isPlain(spec.engine) &&
    typeof spec.engine.maxModelLen === 'number' &&
    isPlain(spec.resources) &&
    isPlain(spec.resources.requests) &&
    isPlain(spec.resources.limits) &&
    isPlain(spec.storage)
  );
}

/**
 * Fills in what the form starts without: nothing at all, or what a link brought in
 * `?formData={"deployment":{"preset":"…","namespace":"…"}}` or as a part of the spec.
 */
export function complete(
  partial: unknown,
  options: Pick<FormOptions, 'clusters' | 'namespaces' | 'presets'>,
): Deployment {
  const given = isPlain(partial) ? partial : {};
  const spec = isPlain(given.spec) ? given.spec : {};
  const inner = isPlain(spec.spec) ? spec.spec : {};
  const metadata = isPlain(spec.metadata) ? spec.metadata : {};
  const modelId =
    text(given.model) ??
    text(isPlain(inner.model) ? inner.model.id : undefined);

  const preset = choosePreset(options.presets, text(given.preset), modelId);
  const wantedNamespace = text(given.namespace) ?? text(metadata.namespace);
  const wantedTeam = text(given.team) ?? text(metadata.team);
  const wantedCluster = text(given.cluster);
  const here = options.namespaces.filter(
    ({ cluster }) => !wantedCluster || cluster === wantedCluster,
  );
  const place =
    here.find(({ name }) => name === wantedNamespace) ??
    (wantedNamespace
      ? undefined
      : here.find(({ team }) => team === wantedTeam) ?? here[0]);

  return {
    cluster: wantedCluster ?? place?.cluster ?? options.clusters[0]?.name ?? '',
    spec: merge(
      {
        apiVersion: MODEL_API_VERSION,
        kind: 'ModelDeployment',
        metadata: {
          name: preset && !modelId ? preset.id : deriveName(modelId ?? ''),
          namespace: wantedNamespace ?? place?.name ?? '',
          team: place?.team ?? wantedTeam ?? '',
        },
        spec: merge(
          (preset?.spec ?? BLANK) as unknown as Plain,
          modelId ? { model: { id: modelId } } : {},
        ),
      },
      spec,
    ) as unknown as Deployment['spec'],
  };
}

function choosePreset(
  presets: ModelPreset[],
  id: string | undefined,
  modelId: string | undefined,
): ModelPreset | undefined {
  return (
    presets.find(preset => preset.id === id) ??
    presets.find(preset => preset.spec.model.id === modelId) ??
    presets[0]
  );
}

import type { ModelArchitecture } from '../spec/types';

type Kinds = Pick<
  ModelArchitecture,
  | 'slidingWindow'
  | 'fullAttentionLayers'
  | 'slidingAttentionLayers'
  | 'linearAttentionLayers'
>;

type KindsResult =
  | { ok: true; value: Kinds }
  | { ok: false; missing: string[]; message: string };

const KNOWN = ['full_attention', 'sliding_attention', 'linear_attention'];

function fromLayerTypes(types: unknown[], window?: number): KindsResult {
  const strange = types.find(type => !KNOWN.includes(String(type)));
  if (strange !== undefined) {
    return {
      ok: false,
      missing: [],
      message: `The config.json has layers of type "${String(
        strange,
      )}", whose cache can't be computed here.`,
    };
  }
  const count = (kind: string) => types.filter(type => type === kind).length;
  if (count('sliding_attention') > 0 && window === undefined) {
    return {
      ok: false,
      missing: ['sliding_window'],
      message: 'The config.json has sliding layers but lacks sliding_window.',
    };
  }
  if (count('full_attention') === types.length) {
    return { ok: true, value: {} };
  }
  return {
    ok: true,
    value: {
      slidingWindow: window,
      fullAttentionLayers: count('full_attention'),
      slidingAttentionLayers: count('sliding_attention') || undefined,
      linearAttentionLayers: count('linear_attention') || undefined,
    },
  };
}

/** Which layers of a config.json attend to everything, to a window, or keep a fixed state. */
export function layerKinds(
  config: Record<string, unknown>,
  layers: number,
): KindsResult {
  const window =
    typeof config.sliding_window === 'number' &&
    config.use_sliding_window !== false
      ? config.sliding_window
      : undefined;
  if (Array.isArray(config.layer_types)) {
    return fromLayerTypes(config.layer_types, window);
  }
  const pattern = config.sliding_window_pattern;
  if (window !== undefined && typeof pattern === 'number' && pattern > 1) {
    const full = Math.floor(layers / pattern);
    return {
      ok: true,
      value: {
        slidingWindow: window,
        fullAttentionLayers: full,
        slidingAttentionLayers: layers - full,
      },
    };
  }
  // One window for all layers (Mistral v0.1), or none.
  return {
    ok: true,
    value:
      window === undefined
        ? {}
        : {
            slidingWindow: window,
            fullAttentionLayers: 0,
            slidingAttentionLayers: layers,
          },
  };
}

import type {
  GpuProfile,
  KubernetesObject,
  ModelDeploymentSpec,
} from '@llm-platform/plugin-models-common';

/** @public */
export interface RenderOptions {
  spec: ModelDeploymentSpec;
  profile: GpuProfile;
}

/**
 * How a model is served on a cluster: renders a spec into the objects that an apply owns. The objects carry the labels
 * of `models-common`, by which the watch cache finds their state again.
 *
 * @public
 */
export interface ModelRuntime {
  /** Stable id, e.g. `vllm`. */
  readonly id: string;
  /** Whether it serves this spec; the first runtime that does is taken, added ones before the built-in. */
  supports(spec: ModelDeploymentSpec): boolean;
  /** Pure: the same spec gives the same objects. */
  render(options: RenderOptions): KubernetesObject[];
}

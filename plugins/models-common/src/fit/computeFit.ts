import { lookupArchitecture } from '../architectures/lookup';
import { gpuProfiles } from '../profiles/profiles';
import type { GpuProfile } from '../profiles/types';
import type { ModelArchitecture, ModelDeploymentSpec } from '../spec/types';
import { judge } from './judge';
import { suggest } from './suggestions';
import type { FitResult } from './types';

/** @public */
export interface FitInput {
  spec: ModelDeploymentSpec;
  profile: GpuProfile;
  /** Shape to use; default: the one in the spec, else the shipped table's. */
  architecture?: ModelArchitecture;
  /** Profiles that may be suggested; default: the shipped ones. */
  profiles?: GpuProfile[];
}

/** Whether weights, overhead and KV cache stay within the memory; never throws. @public */
export function computeFit(input: FitInput): FitResult {
  const { spec, profile, profiles = gpuProfiles } = input;
  const architecture =
    input.architecture ??
    spec.spec.model.architecture ??
    lookupArchitecture(spec.spec.model.id).architecture;
  const result = judge(spec, profile, architecture);
  const suggestions =
    result.verdict === 'fits' || result.missing
      ? []
      : suggest({ spec, profile, architecture }, profiles);
  return { ...result, suggestions };
}

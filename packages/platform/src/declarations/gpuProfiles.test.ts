import { gpuProfiles } from '@llm-platform/plugin-models-common';
import { environments } from './environments';
import { gpuProfilesOf } from './gpuProfiles';

describe('the GPU profiles', () => {
  it('that the portal has without configuration are those of dev', () => {
    expect(gpuProfilesOf(environments.dev)).toEqual(gpuProfiles);
  });
});

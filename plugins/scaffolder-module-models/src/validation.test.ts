import type { ApiHolder } from '@backstage/core-plugin-api';
import {
  gpuProfiles,
  presets,
  type PreflightReport,
} from '@llm-platform/plugin-models-common';
import { modelsApiRef } from '@llm-platform/plugin-models-react';
import { complete } from './deployment';
import { validateDeployment } from './validation';

const deployment = complete(undefined, {
  clusters: [],
  namespaces: [{ cluster: 'embedded', name: 'quant', team: 'quant' }],
  presets,
});

async function validate(
  value: unknown,
  preflight: () => Promise<Partial<PreflightReport>>,
) {
  const errors: string[] = [];
  await validateDeployment(
    value as Parameters<typeof validateDeployment>[0],
    { addError: message => errors.push(message) },
    {
      apiHolder: {
        get: (ref: unknown) =>
          ref === modelsApiRef ? { preflight } : undefined,
      } as ApiHolder,
    },
  );
  return errors;
}

const check = (verdict: 'pass' | 'warn' | 'block' | 'unknown') => ({
  id: 'quota' as const,
  title: 'Quota',
  verdict,
  message: '4 of 4 GPUs',
  remedy: 'Stop one.',
});

describe('validateDeployment', () => {
  it('lets pass what only warns or is unknown', async () => {
    expect(gpuProfiles.length).toBeGreaterThan(0);
    const checks = [check('pass'), check('warn'), check('unknown')];
    expect(await validate(deployment, async () => ({ checks }))).toEqual([]);
  });

  it('says why it blocks', async () => {
    expect(
      await validate(deployment, async () => ({ checks: [check('block')] })),
    ).toEqual(['Quota: 4 of 4 GPUs Stop one.']);
  });

  it('does not ask the cluster about an invalid spec', async () => {
    const preflight = jest.fn();
    const { spec } = deployment;
    const invalid = {
      ...deployment,
      spec: { ...spec, metadata: { ...spec.metadata, name: 'A B' } },
    };
    const [error] = await validate(invalid, preflight);
    expect(error).toContain('metadata.name');
    expect(await validate({}, preflight)).toEqual(['Choose a cluster.']);
    expect(preflight).not.toHaveBeenCalled();
  });

  it('blocks when nothing could be checked', async () => {
    const [error] = await validate(deployment, async () => {
      throw new Error('no answer');
    });
    expect(error).toContain('no answer');
  });
});

import {
  parseModelDeploymentSpec,
  parseSerializedSpec,
  serializeSpec,
} from '.';
import { aSpec } from '../__fixtures__/builders';
import { presets } from '../profiles';

type Path = Array<string>;

function withValue([...path]: Path, value: unknown): unknown {
  const spec = structuredClone(aSpec()) as unknown;
  const last = path.pop()!;
  const parent = path.reduce(
    (object, key) => (object as Record<string, unknown>)[key],
    spec,
  ) as Record<string, unknown>;
  if (value === undefined) {
    delete parent[last];
  } else {
    parent[last] = value;
  }
  return spec;
}

function problemsOf(input: unknown) {
  const result = parseModelDeploymentSpec(input);
  return result.ok ? [] : result.problems;
}

it.each(presets.map(({ id }) => id))('accepts the preset %s', id => {
  const spec = aSpec(id as 'smollm2-135m');
  expect(parseModelDeploymentSpec(spec)).toEqual({ ok: true, spec });
});

describe('refuses, naming path, value and remedy', () => {
  const long = 'a'.repeat(64);
  it.each<[string, unknown, RegExp]>([
    ['metadata.name', 'My_Model', /"My_Model" must be 1 to 63 .* "mistral-7b"/],
    ['metadata.name', long, /1 to 63/],
    ['metadata.name', '-a', /start with a letter/],
    ['metadata.name', '1a', /start with a letter/],
    ['metadata.name', 'a.b', /lower-case letters/],
    ['metadata.name', undefined, /is missing: give a string/],
    ['metadata.namespace', 'Quant', /"Quant" is no namespace/],
    ['metadata.team', 'group:default/quant', /without "group:default/],
    ['spec.model.id', 'no spaces here', /Hugging Face model id/],
    ['spec.model.id', '../etc/passwd', /Hugging Face model id/],
    ['spec.model.id', '--trust-remote-code', /Hugging Face model id/],
    ['spec.model.revision', '--x', /no branch, tag or commit/],
    ['spec.profile', 'T4!', /choose one of the form's GPU profiles/],
    ['spec.replicas', -1, /-1 must be a whole number of replicas from 0 to 64/],
    ['spec.replicas', 1.5, /1.5 must be a whole number/],
    ['spec.replicas', '1', /"1" must be a number/],
    ['spec.engine.dtype', 'fp16', /"fp16" is not known: choose one of "auto"/],
    ['spec.engine.dtype', 'bfloat16', /AWQ.*choose "half"/],
    ['spec.engine.maxModelLen', 0, /from 1 to/],
    ['spec.engine.gpuMemoryUtilization', 0, /0 must be above 0/],
    ['spec.engine.gpuMemoryUtilization', 1.01, /at most 1/],
    ['spec.engine.tensorParallelSize', 17, /from 1 to 16/],
    ['spec.resources.requests.cpu', 'two', /"two" is no amount of CPU/],
    ['spec.resources.requests.cpu', '4', /"4" is above its limit "3"/],
    ['spec.resources.requests.memory', '15Gi', /above its limit "14Gi"/],
    ['spec.resources.limits.memory', '14GB', /"14GB" is no amount of memory/],
    ['spec.storage.size', '10', /volume size/],
    ['spec.storage.storageClassName', 'GP3', /no StorageClass name/],
    ['spec.tokenSecret.key', 'a b', /key of a Secret/],
    ['spec.engine.maxModelLength', 4096, /not a known field/],
    ['kind', 'Deployment', /choose one of "ModelDeployment"/],
  ])('%s = %p', (path, value, message) => {
    expect(problemsOf(withValue(path.split('.'), value))).toContainEqual({
      path,
      message: expect.stringMatching(message),
    });
  });

  it('batches below the number of requests', () => {
    const spec = aSpec('mistral-7b-awq', ({ spec: { engine } }) => {
      engine.maxNumSeqs = 256;
      engine.maxNumBatchedTokens = 128;
    });
    expect(problemsOf(spec)).toEqual([
      {
        path: 'spec.engine.maxNumBatchedTokens',
        message: expect.stringContaining('at least 256'),
      },
    ]);
  });

  it.each([undefined, null, 1, 'x', []])('%p as a whole', input => {
    expect(problemsOf(input)).not.toHaveLength(0);
  });
});

describe('serializeSpec', () => {
  it('gives equal specs equal text, whatever the order of their keys', () => {
    const { apiVersion, kind, metadata, spec } = aSpec();
    const text = serializeSpec({ spec, metadata, kind, apiVersion });
    expect(text).toBe(serializeSpec(aSpec()));
    expect(parseSerializedSpec(text)).toEqual({ ok: true, spec: aSpec() });
  });

  it('never writes what is not valid', () => {
    const broken = aSpec('mistral-7b-awq', spec => {
      spec.spec.replicas = -1;
    });
    expect(() => serializeSpec(broken)).toThrow(/spec.replicas: -1/);
  });
});

describe('parseSerializedSpec', () => {
  it('explains broken text', () => {
    expect(parseSerializedSpec('{')).toMatchObject({
      ok: false,
      problems: [{ message: expect.stringContaining('no YAML or JSON') }],
    });
  });

  it('refuses text without end before reading it', () => {
    expect(parseSerializedSpec(' '.repeat(70_000))).toMatchObject({
      problems: [{ message: expect.stringContaining('at most') }],
    });
  });

  it('refuses aliases that would explode', () => {
    const levels = Array.from({ length: 12 }, (_, i) =>
      i === 0
        ? 'a0: &a0 [x, x, x, x, x, x, x, x, x]'
        : `a${i}: &a${i} [${Array(9)
            .fill(`*a${i - 1}`)
            .join(', ')}]`,
    );
    expect(parseSerializedSpec(levels.join('\n')).ok).toBe(false);
  });
});

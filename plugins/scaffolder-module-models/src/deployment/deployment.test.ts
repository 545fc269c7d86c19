import { gpuProfiles, presets } from '@llm-platform/plugin-models-common';
import {
  applySuggestion,
  chooseModel,
  chooseProfile,
  withMetadata,
  withSpec,
} from './changes';
import { complete, isComplete } from './complete';
import { deriveName } from './names';

const choices = { presets, profiles: gpuProfiles };
const options = {
  clusters: [],
  presets,
  namespaces: [
    { cluster: 'a', name: 'quant', team: 'quant' },
    { cluster: 'b', name: 'eval', team: 'eval' },
  ],
};
const start = complete(undefined, options);

describe('deriveName', () => {
  it.each([
    ['mistralai/Mistral-7B-Instruct-v0.2', 'mistral-7b-instruct-v0-2'],
    ['acme/01-Model_', 'model'],
    ['', 'model'],
    [`x/${'a'.repeat(60)}`, 'a'.repeat(40)],
  ])('%s', (id, name) => {
    expect(deriveName(id)).toBe(name);
  });
});

describe('complete', () => {
  it('starts with the first preset and place', () => {
    expect(isComplete(start)).toBe(true);
    expect(start).toMatchObject({
      cluster: 'a',
      spec: { metadata: { namespace: 'quant', team: 'quant' } },
    });
  });

  it('keeps what a link brings', () => {
    const linked = complete(
      {
        cluster: 'b',
        preset: 'mistral-7b-awq',
        spec: { spec: { replicas: 2 }, metadata: {} },
      },
      options,
    );
    expect(linked).toMatchObject({
      cluster: 'b',
      spec: {
        metadata: { name: 'mistral-7b-awq', namespace: 'eval' },
        spec: { replicas: 2, profile: 't4' },
      },
    });
    expect(complete({ model: 'acme/x' }, options).spec).toMatchObject({
      metadata: { name: 'x' },
      spec: { model: { id: 'acme/x' } },
    });
  });

  it('does not move a link to a place that the user may not use', () => {
    expect(
      complete({ namespace: 'finetune' }, options).spec.metadata.namespace,
    ).toBe('finetune');
  });

  it('does not take the empty objects of the form library for a value', () => {
    const empty = { spec: { metadata: {}, spec: { engine: {}, model: {} } } };
    expect(isComplete(empty)).toBe(false);
    expect(complete(empty, options)).toEqual(start);
  });
});

describe('changes', () => {
  it('reads the quantization from the name of the repository', () => {
    const { engine } = chooseModel(start, 'acme/thing-7B-GPTQ', choices).spec
      .spec;
    expect(engine.quantization).toBe('gptq');
  });

  it('keeps a name that somebody wrote', () => {
    const named = withMetadata(start, { name: 'ours' });
    const next = chooseModel(named, 'acme/other', choices);
    expect(next.spec.metadata.name).toBe('ours');
    expect(chooseModel(start, 'acme/other', choices).spec.metadata.name).toBe(
      'other',
    );
  });

  it('forgets a pasted shape with its model', () => {
    const pasted = chooseModel(start, 'acme/other', choices);
    pasted.spec.spec.model.architecture = {
      attention: 'gqa',
      numHiddenLayers: 1,
      numAttentionHeads: 1,
      numKeyValueHeads: 1,
      headDim: 1,
      hiddenSize: 1,
      vocabSize: 1,
    };
    expect(chooseModel(pasted, 'acme/third', choices).spec.spec.model).toEqual({
      id: 'acme/third',
    });
  });

  it('changes what a GPU changes', () => {
    const gpu = chooseProfile(start, 't4', choices).spec.spec;
    expect(gpu.engine.dtype).toBe('half');
    expect(gpu.resources).toEqual(presets[1].spec.resources);
    const back = chooseProfile(
      { ...start, spec: { ...start.spec, spec: gpu } },
      'cpu',
      choices,
    ).spec.spec;
    expect(back.engine).toMatchObject({
      dtype: 'bfloat16',
      quantization: 'none',
    });
  });

  it.each([
    ['mistralai/Mistral-7B-Instruct-v0.2', 't4', 'half'],
    ['mistralai/Mistral-7B-Instruct-v0.2', 'a10g', 'auto'],
    ['google/gemma-3-4b-it', 'a10g', 'auto'],
    ['TheBloke/Mistral-7B-Instruct-v0.2-AWQ', 'a10g', 'half'],
    ['acme/thing-7B-GPTQ', 'a10g', 'half'],
  ])('from CPU, %s on a %s computes in %s', (id, profile, dtype) => {
    const onCpu = withSpec(start, { model: { id } });
    const { engine } = chooseProfile(onCpu, profile, choices).spec.spec;
    expect(engine.dtype).toBe(dtype);
  });

  it('applies a suggestion', () => {
    const next = applySuggestion(
      start,
      {
        modelId: 'TheBloke/Mistral-7B-Instruct-v0.2-AWQ',
        quantization: 'awq',
        profile: 't4',
        maxModelLen: undefined,
      },
      choices,
    ).spec.spec;
    expect(next).toMatchObject({
      model: { id: 'TheBloke/Mistral-7B-Instruct-v0.2-AWQ' },
      profile: 't4',
      engine: { quantization: 'awq', dtype: 'half', maxModelLen: 2048 },
    });
  });
});

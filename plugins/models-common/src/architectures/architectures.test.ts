import { architectureFromConfig, knownModels, lookupArchitecture } from '.';
import { quantizedVariants } from './lookup';

describe('lookupArchitecture', () => {
  it.each([
    ['mistralai/Mistral-7B-Instruct-v0.2', 13.49, undefined],
    ['MISTRALAI/mistral-7b-instruct-v0.2', 13.49, undefined],
    ['TheBloke/Mistral-7B-Instruct-v0.2-AWQ', 3.865, 'awq'],
    ['HuggingFaceTB/SmolLM2-135M-Instruct', 0.251, undefined],
    ['meta-llama/Meta-Llama-3.1-8B-Instruct', undefined, undefined],
    // Hub repositories hold these weights twice: the loaded size counts.
    ['openai/gpt-oss-20b', 13.47, 'mxfp4'],
  ])('knows %s', (model, weightsGiB, quantMethod) => {
    const { architecture, source } = lookupArchitecture(model);
    expect(architecture?.weightsGiB).toBe(weightsGiB);
    expect(architecture?.quantMethod).toBe(quantMethod);
    expect(source).toBeTruthy();
  });

  it('takes the shapes of the model that a quantized upload is named after', () => {
    const { architecture, source } = lookupArchitecture(
      'someone/Qwen2.5-14B-Instruct-GPTQ-Int4',
    );
    expect(architecture).toMatchObject({
      numHiddenLayers: 48,
      quantMethod: 'gptq',
      quantBits: 4,
    });
    expect(architecture?.weightsGiB).toBeUndefined();
    expect(source).toContain('Qwen/Qwen2.5-14B-Instruct');
  });

  it('says what to do about an unknown model', () => {
    expect(lookupArchitecture('acme/secret-13b')).toEqual({
      model: 'acme/secret-13b',
      message: expect.stringMatching(
        /"acme\/secret-13b".*Paste the config\.json/,
      ),
    });
  });

  it('does not pretend to know a design that it cannot compute', () => {
    const found = lookupArchitecture('deepseek-ai/DeepSeek-V4-Flash');
    expect(found.architecture).toBeUndefined();
    expect(found.message).toContain('several cache groups');
  });

  it.each([
    ['meta-llama/Llama-3.1-8B-Instruct', true],
    ['Qwen/Qwen3-8B', false],
    ['mistralai/Mistral-7B-Instruct-v0.2', undefined],
  ])('%s gated: %p', (model, gated) => {
    expect(lookupArchitecture(model).architecture?.gated).toBe(gated);
  });

  it('finds every model that it lists', () => {
    const missing = knownModels().filter(
      model => !lookupArchitecture(model).architecture,
    );
    expect(missing).toEqual([]);
    expect(knownModels().length).toBeGreaterThan(80);
  });

  it('names the AWQ checkpoint of a model', () => {
    expect(
      quantizedVariants('mistralai/Mistral-7B-Instruct-v0.2', 'awq'),
    ).toEqual(['TheBloke/Mistral-7B-Instruct-v0.2-AWQ']);
  });
});

describe('architectureFromConfig', () => {
  const mistral = {
    architectures: ['MistralForCausalLM'],
    hidden_size: 4096,
    intermediate_size: 14336,
    max_position_embeddings: 32768,
    num_attention_heads: 32,
    num_hidden_layers: 32,
    num_key_value_heads: 8,
    sliding_window: null,
    tie_word_embeddings: false,
    vocab_size: 32000,
  };

  it('reads a config as text, like the shipped table has it', () => {
    const result = architectureFromConfig(JSON.stringify(mistral));
    const known = lookupArchitecture('mistralai/Mistral-7B-Instruct-v0.2');
    const { weightsGiB, totalParams, ...shapes } = known.architecture!;
    expect(result).toEqual({ ok: true, architecture: shapes });
  });

  it('names the fields that are missing', () => {
    expect(
      architectureFromConfig({ hidden_size: 4096, num_attention_heads: 32 }),
    ).toEqual({
      ok: false,
      missing: ['num_hidden_layers', 'vocab_size'],
      message: expect.stringContaining('lacks num_hidden_layers, vocab_size'),
    });
  });

  it.each<[object, object]>([
    [{ kv_lora_rank: 512, qk_rope_head_dim: 64 }, { attention: 'mla' }],
    [{ num_key_value_heads: 1 }, { attention: 'mqa' }],
    [{ num_key_value_heads: undefined }, { attention: 'mha' }],
    [
      { sliding_window: 4096 },
      { slidingAttentionLayers: 32, fullAttentionLayers: 0 },
    ],
    [
      { sliding_window: 1024, sliding_window_pattern: 6 },
      { slidingAttentionLayers: 27, fullAttentionLayers: 5 },
    ],
    [
      {
        sliding_window: 128,
        layer_types: ['sliding_attention', 'full_attention'],
      },
      { slidingAttentionLayers: 1, fullAttentionLayers: 1, slidingWindow: 128 },
    ],
    [
      { quantization_config: { quant_method: 'awq', bits: 4 } },
      { quantMethod: 'awq', quantBits: 4 },
    ],
    [{ num_experts: 128, moe_intermediate_size: 768 }, { numExperts: 128 }],
  ])('reads %j', (extra, expected) => {
    expect(architectureFromConfig({ ...mistral, ...extra })).toMatchObject({
      ok: true,
      architecture: expected,
    });
  });

  it('looks into the language part of a multimodal model', () => {
    expect(architectureFromConfig({ text_config: mistral }).ok).toBe(true);
  });

  it.each<[unknown, RegExp]>([
    ['{', /not JSON/],
    ['[]', /JSON object/],
    [undefined, /JSON object/],
    ['x'.repeat(300_000), /characters/],
    [
      { ...mistral, num_hidden_layers: -3 },
      /impossible value: numHiddenLayers/,
    ],
    [{ ...mistral, vocab_size: 1e99 }, /impossible value: vocabSize/],
    [{ ...mistral, layer_types: ['mamba2'] }, /"mamba2"/],
    [{ ...mistral, layer_types: ['sliding_attention'] }, /sliding_window/],
  ])('refuses %p', (config, message) => {
    expect(architectureFromConfig(config)).toMatchObject({
      ok: false,
      message: expect.stringMatching(message),
    });
  });
});

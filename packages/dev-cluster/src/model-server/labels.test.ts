import { readServerArguments } from './arguments';
import { UnavailableTextEngine } from './engine';
import { bannerLine, simulatedLabel } from './labels';
import { FakeTextEngine } from './testing/fakeTextEngine';

const args = (model: string) => readServerArguments(['--model', model]);
const engine = new FakeTextEngine('x');

describe('what is simulated', () => {
  it('is nothing for the real model on the CPU', () => {
    const smollm2 = args('HuggingFaceTB/SmolLM2-135M-Instruct');
    expect(simulatedLabel(smollm2, engine)).toBeUndefined();
    expect(bannerLine(smollm2)).toMatch(/answers are real/);
  });

  it('is the GPU even for the real model', () => {
    const smollm2 = args('HuggingFaceTB/SmolLM2-135M-Instruct');
    expect(simulatedLabel(smollm2, engine, 'Tesla T4')).toBe(
      'the Tesla T4 and its memory figures are simulated',
    );
  });

  it('is the answer of any other model', () => {
    expect(simulatedLabel(args('a/b'), engine)).toBe(
      'answered by SmolLM2-135M-Instruct on the CPU instead of a/b',
    );
  });

  it('is everything without a model file', () => {
    const none = new UnavailableTextEngine('LLMP_MODEL_FILE is not set');
    expect(
      simulatedLabel(args('HuggingFaceTB/SmolLM2-135M-Instruct'), none),
    ).toBe('model file unavailable: LLMP_MODEL_FILE is not set');
  });
});

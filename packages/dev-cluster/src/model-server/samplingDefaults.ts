import type { ServerArguments } from './arguments';
import type { SamplingDefaults } from './http';
import { pythonRepr, VllmLog } from './startup';

/** What SmolLM2's model card recommends; the weights babble without it. */
const RECOMMENDED: SamplingDefaults = { temperature: 0.2, topP: 0.9 };

/** vLLM's name of each parameter in a generation config. */
const NAMES: Readonly<Record<string, keyof SamplingDefaults>> = {
  temperature: 'temperature',
  top_p: 'topP',
  top_k: 'topK',
  min_p: 'minP',
  repetition_penalty: 'repetitionPenalty',
};

/**
 * The defaults for requests that don't say: the answering model's own, as vLLM
 * takes them from a model's generation config, unless
 * `--generation-config vllm`; then those of `--override-generation-config`.
 */
export function samplingDefaults(args: ServerArguments): SamplingDefaults {
  const defaults: SamplingDefaults =
    args.generationConfig === 'vllm' ? {} : { ...RECOMMENDED };
  for (const [name, key] of Object.entries(NAMES)) {
    const value = args.overrideGenerationConfig[name];
    if (value !== undefined) {
      defaults[key] = value;
    }
  }
  return defaults;
}

/** Prints them as vLLM does. */
export function logSamplingDefaults(
  log: VllmLog,
  defaults: SamplingDefaults,
): void {
  const shown = Object.entries(NAMES)
    .filter(([, key]) => defaults[key] !== undefined)
    .map(([name, key]) => `${pythonRepr(name)}: ${defaults[key]}`);
  if (shown.length === 0) {
    return;
  }
  log.warning(
    'APIServer',
    'model.py:1389',
    "Default sampling parameters have been overridden by the model's Hugging Face generation config recommended from the model creator. If this is not intended, please relaunch vLLM instance with `--generation-config vllm`.",
  );
  const text = `sampling params from model: {${shown.join(', ')}}`;
  log.info('APIServer', 'serving_chat.py:139', `Using default chat ${text}`);
  log.info(
    'APIServer',
    'serving_completion.py:76',
    `Using default completion ${text}`,
  );
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { LoraModule, ServerArguments } from '../arguments';
import { StartFailure, VllmLog } from '../startup';
import { ANSWER_STYLES, AnswerStyle } from './styles';

/** An adapter that is served: the small model in a style of its own. */
export interface Adapter extends LoraModule {
  style: AnswerStyle;
}

/**
 * Loads the adapters of the command line as vLLM does before it listens: checks
 * each one's rank and prints the line for it. One that is a repository of the
 * hub is taken as downloaded.
 *
 * @throws {@link StartFailure} where vLLM refuses the same adapters.
 */
export function loadAdapters(args: ServerArguments, log: VllmLog): Adapter[] {
  return args.loraModules.map((module, index) => {
    if (!args.enableLora) {
      throw refused('LoRA is not enabled.');
    }
    checkAdapter(module, args.maxLoraRank);
    log.info(
      'APIServer',
      'serving_models.py:181',
      `Loaded new LoRA adapter: name '${module.name}', path '${module.path}'`,
    );
    return { ...module, style: ANSWER_STYLES[index % ANSWER_STYLES.length] };
  });
}

function checkAdapter(module: LoraModule, maxRank: number): void {
  if (!path.isAbsolute(module.path)) {
    return;
  }
  let rank: unknown;
  try {
    const file = path.join(module.path, 'adapter_config.json');
    rank = JSON.parse(readFileSync(file, 'utf8')).r;
  } catch {
    throw refused(
      `Loading lora ${module.name} failed: No adapter found for ${module.path}`,
    );
  }
  if (typeof rank === 'number' && rank > maxRank) {
    throw refused(
      `LoRA rank ${rank} is greater than max_lora_rank ${maxRank}.`,
    );
  }
}

function refused(message: string): StartFailure {
  return new StartFailure(
    'adapters',
    `Call to add_lora method failed: ${message}`,
  );
}

import type { ServerArguments } from '../arguments';
import { StartFailure } from './startFailure';

/** The ranks that vLLM 0.11.0 has kernels for. */
const RANKS = [8, 16, 32, 64, 128, 256, 320, 512];

/**
 * What vLLM's LoRAConfig checks before anything is loaded.
 *
 * @throws {@link StartFailure} with its words.
 */
export function checkLoraConfig(args: ServerArguments): void {
  const { enableLora, maxLoraRank, maxLoras } = args;
  const refuse = (message: string) =>
    new StartFailure('config', message, 'ValueError', 'LoRAConfig');
  if (!enableLora) {
    return;
  }
  if (!RANKS.includes(maxLoraRank)) {
    throw refuse(
      `max_lora_rank (${maxLoraRank}) must be one of (${RANKS.join(', ')}).`,
    );
  }
  if (maxLoras < 1) {
    throw refuse(`max_loras (${maxLoras}) must be >= 1.`);
  }
}

import type { ServerArguments } from './arguments';
import type { Adapter } from './adapters';
import type { QuantizedVariant, TextEngine } from './engine';

/** The only model whose answers are real on the embedded cluster. */
export const REAL_MODEL = 'HuggingFaceTB/SmolLM2-135M-Instruct';

/** Header of every answer that isn't the asked model's real one. @public */
export const SIMULATED_HEADER = 'x-llm-platform-simulated';

/** Whether answers come from the model that was asked for. */
export function isRealModel(model: string): boolean {
  return model.toLowerCase() === REAL_MODEL.toLowerCase();
}

/** The first line of the log: what this is. */
export function bannerLine(args: ServerArguments, gpu?: string): string {
  const answers = isRealModel(args.model)
    ? "answers are real, by SmolLM2-135M-Instruct's four-bit weights on the CPU"
    : `answers come from SmolLM2-135M-Instruct instead of ${args.model}`;
  const figures = gpu
    ? `the ${gpu}, its memory figures and the loading of weights are simulated`
    : 'memory figures are those of the CPU backend, simulated';
  return `# This is the embedded cluster's stand-in for vLLM 0.11.0: ${answers}; ${figures}. The lines below are in vLLM's format.`;
}

/** What `x_simulated` says; `undefined` where nothing is. */
export function simulatedLabel(
  args: ServerArguments,
  engine: TextEngine,
  gpu?: string,
  variant?: QuantizedVariant,
): string | undefined {
  if (engine.unavailable !== undefined) {
    return `model file unavailable: ${engine.unavailable}`;
  }
  const parts: string[] = [];
  if (!isRealModel(args.model)) {
    parts.push(
      `answered by SmolLM2-135M-Instruct on the CPU instead of ${args.model}`,
    );
  }
  if (variant) {
    parts.push(
      `${variant.method} is simulated by a fixed error on the logits and ${variant.tokensPerSecond} tokens/s at most`,
    );
  }
  if (gpu) {
    parts.push(`the ${gpu} and its memory figures are simulated`);
  }
  return parts.length > 0 ? parts.join('; ') : undefined;
}

/** The same for the answers of an adapter. */
export function adapterLabel(
  adapter: Adapter,
  serverLabel: string | undefined,
): string {
  const own = `the LoRA adapter ${adapter.name} is simulated by another style of the same model`;
  return serverLabel === undefined ? own : `${serverLabel}; ${own}`;
}

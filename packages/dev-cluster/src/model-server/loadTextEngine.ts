import { access } from 'node:fs/promises';
import {
  LlamaTextEngine,
  QuantizedVariant,
  TextEngine,
  UnavailableTextEngine,
} from './engine';

/** How to get the engine that answers. */
export interface LoadTextEngineOptions {
  modelFile?: string;
  threads: number;
  contextSize: number;
  maxParallel: number;
  /** Set where the asked model is a quantised one. */
  variant?: QuantizedVariant;
}

/**
 * Loads the model; where that can't be done, an engine that says why in every
 * answer, so that the rest of the platform can still be looked at.
 */
export async function loadTextEngine(
  options: LoadTextEngineOptions,
): Promise<TextEngine> {
  const { modelFile } = options;
  if (modelFile === undefined) {
    return new UnavailableTextEngine('LLMP_MODEL_FILE is not set');
  }
  try {
    await access(modelFile);
  } catch {
    return new UnavailableTextEngine(`${modelFile} can't be read`);
  }
  try {
    return await LlamaTextEngine.load({ ...options, modelFile });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return new UnavailableTextEngine(
      `${modelFile} can't be loaded: ${reason.split('\n')[0]}`,
    );
  }
}

/** One entry of vLLM's `--lora-modules`. */
export interface LoraModule {
  name: string;
  /** A folder, or a repository of the Hugging Face hub. */
  path: string;
  /** Shown as `parent` instead of the served model's name. */
  baseModelName?: string;
}

const FIELDS = ['name', 'path', 'base_model_name'];

/**
 * Reads `name=path` or a JSON object, as vLLM 0.11.0's LoRAParserAction does.
 *
 * @throws Error with the words that argparse prints after `error: `.
 */
export function readLoraModule(item: string): LoraModule {
  if (item.includes('=') && !item.includes(',')) {
    const [name, path, ...more] = item.split('=');
    if (more.length > 0 || !name || !path) {
      throw new Error(`Invalid fields for --lora-modules: ${item}`);
    }
    return { name, path };
  }
  let fields: unknown;
  try {
    fields = JSON.parse(item);
  } catch {
    throw new Error(`Invalid JSON format for --lora-modules: ${item}`);
  }
  const { name, path, base_model_name: base } = Object(fields);
  const unknown = Object.keys(Object(fields)).find(
    key => !FIELDS.includes(key),
  );
  if (unknown !== undefined) {
    throw new Error(
      `Invalid fields for --lora-modules: ${item} - LoRAModulePath.__init__() got an unexpected keyword argument '${unknown}'`,
    );
  }
  if (typeof name !== 'string' || typeof path !== 'string') {
    const missing = typeof name === 'string' ? 'path' : 'name';
    throw new Error(
      `Invalid fields for --lora-modules: ${item} - LoRAModulePath.__init__() missing 1 required positional argument: '${missing}'`,
    );
  }
  return {
    name,
    path,
    ...(typeof base === 'string' && { baseModelName: base }),
  };
}

import type { ArchitectureLookup } from '../api/types';
import type { ModelArchitecture } from '../spec/types';
import { isGated } from './gating';
import { quantizationInName } from './quantizedName';
import { table, type Checkpoint, type TableEntry } from './table';

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function checkpointOf(entry: TableEntry, id: string): Checkpoint | undefined {
  return entry.checkpoints?.find(checkpoint => same(checkpoint.id, id));
}

function findEntry(id: string): TableEntry | undefined {
  return (
    table.find(entry => same(entry.model, id)) ??
    table.find(entry => entry.aliases?.some(alias => same(alias, id))) ??
    table.find(entry => checkpointOf(entry, id) !== undefined)
  );
}

/** A quantized re-upload keeps the name of the model that it was made from. */
function findByBaseName(base: string): TableEntry | undefined {
  const name = base.split('/').pop() ?? base;
  return table.find(entry => same(entry.model.split('/').pop() ?? '', name));
}

function withDefined(
  architecture: ModelArchitecture,
  extra: Partial<ModelArchitecture>,
): ModelArchitecture {
  const defined = Object.entries(extra).filter(([, value]) => {
    return value !== undefined;
  });
  return { ...architecture, ...Object.fromEntries(defined) };
}

function unsupported(model: string, entry: TableEntry): ArchitectureLookup {
  return {
    model,
    source: entry.source.join('; '),
    message: `${model} is known, but its memory can't be computed: it uses ${entry.unsupported}. Deploy it on a profile where you know that it fits.`,
  };
}

/**
 * Shape of a model from the shipped table, by Hugging Face id (aliases known, case ignored).
 * Without a hit `architecture` is undefined and `message` says what to do.
 *
 * @public
 */
export function lookupArchitecture(model: string): ArchitectureLookup {
  const id = model.trim();
  const named = quantizationInName(id);
  const exact = findEntry(id);
  const entry = exact ?? (named && findByBaseName(named.base));
  if (!entry) {
    return {
      model: id,
      message: `"${id}" is not in the shipped table of ${table.length} models. Paste the config.json of its Hugging Face repository.`,
    };
  }
  if (entry.unsupported) {
    return unsupported(id, entry);
  }
  const checkpoint = checkpointOf(entry, id);
  const source = entry.source.join('; ');
  return {
    model: id,
    architecture: withDefined(entry.architecture, {
      weightsGiB: checkpoint?.weightsGiB,
      quantMethod: checkpoint?.quantMethod ?? named?.quantMethod,
      quantBits: checkpoint?.quantBits ?? named?.quantBits,
      maxPositionEmbeddings: checkpoint?.maxPositionEmbeddings,
      gated: isGated(id),
    }),
    source: exact
      ? source
      : `shapes of ${entry.model}, after which it is named (${source})`,
  };
}

/** Ids of the shipped table, for the form's suggestions. @public */
export function knownModels(): string[] {
  const ids = table
    .filter(entry => !entry.unsupported)
    .flatMap(entry => [
      entry.model,
      ...(entry.aliases ?? []),
      ...(entry.checkpoints ?? []).map(checkpoint => checkpoint.id),
    ]);
  return [...new Set(ids)].sort((a, b) => a.localeCompare(b));
}

/** Other published checkpoints of the same model, quantized by the given method. @public */
export function quantizedVariants(
  model: string,
  quantMethod: string,
): string[] {
  const entry = findEntry(model.trim());
  return (entry?.checkpoints ?? [])
    .filter(
      checkpoint =>
        checkpoint.quantMethod === quantMethod && !same(checkpoint.id, model),
    )
    .map(checkpoint => checkpoint.id);
}

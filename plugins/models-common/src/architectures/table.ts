import type { ModelArchitecture } from '../spec/types';
import models from './models.json';

/** One published checkpoint of a model: its own size and quantization. */
export interface Checkpoint {
  id: string;
  weightsGiB?: number;
  quantMethod?: string;
  quantBits?: number;
  maxPositionEmbeddings?: number;
  source?: string;
}

/** One row of the shipped table; figures and their sources come from published configs and logs. */
export interface TableEntry {
  model: string;
  aliases?: string[];
  /** Why its memory can't be computed from the shapes. */
  unsupported?: string;
  architecture: ModelArchitecture;
  checkpoints?: Checkpoint[];
  source: string[];
  notes?: string;
}

/** The shipped table. */
export const table = models as TableEntry[];

import type { Generator, TextEngine } from '../engine';
import type { VllmMetrics } from '../metrics';
import type { SamplingDefaults } from './sampling';

/** What the routes answer with. */
export interface ServerModel {
  /** The model of the command line; `root` in `/v1/models`. */
  model: string;
  servedModelNames: readonly string[];
  maxModelLen: number;
  /** Set where answers, figures or the GPU aren't the real ones. */
  simulated?: string;
  samplingDefaults: SamplingDefaults;
  apiKeys: readonly string[];
  engine: TextEngine;
  generator: Generator;
  metrics: VllmMetrics;
  /** Seconds since the epoch. */
  created: number;
}

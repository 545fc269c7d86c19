import type { Adapter } from '../adapters';
import type { Generator, TextEngine } from '../engine';
import type { VllmMetrics } from '../metrics';
import type { SamplingDefaults } from './sampling';

/** What the routes answer with. */
export interface ServerModel {
  /** The model of the command line; `root` in `/v1/models`. */
  model: string;
  servedModelNames: readonly string[];
  /** LoRA adapters, each served under its own name. */
  adapters: readonly Adapter[];
  maxModelLen: number;
  /** Set where answers, figures or the GPU aren't the real ones. */
  simulated?: string;
  samplingDefaults: SamplingDefaults;
  /** Prints a line for each request, as `--enable-log-requests` does. */
  logRequest?(line: string): void;
  /** Characters and tokens of a prompt in that line, at most. */
  maxLogLen?: number;
  /** Answers carry `X-Request-Id`. */
  requestIdHeaders: boolean;
  apiKeys: readonly string[];
  engine: TextEngine;
  generator: Generator;
  metrics: VllmMetrics;
  /** Seconds since the epoch. */
  created: number;
}

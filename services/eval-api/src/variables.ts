import { envInteger } from '@llm-platform/service-kit';
import { z } from 'zod';

const MIB = 1024 * 1024;

/** The service's own environment variables; the README lists them. */
export const variables = {
  DATA_DIR: z.string().default('/data'),
  CONCURRENCY: envInteger({ min: 1, max: 64, default: 4 }),
  MAX_EVALUATIONS: envInteger({ min: 1, max: 10_000, default: 200 }),
  MAX_STORED_BYTES: envInteger({
    min: MIB,
    max: 1024 * 1024 * MIB,
    default: 256 * MIB,
  }),
};

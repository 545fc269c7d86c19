import type { BootstrapStep } from '@llm-platform/plugin-models-common';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const schema = z
  .array(
    z.object({
      id: z.string(),
      title: z.string(),
      background: z.boolean().optional(),
      status: z.enum(['pending', 'running', 'done', 'failed']),
      message: z.string().optional(),
      startedAt: z.string().optional(),
      finishedAt: z.string().optional(),
    }),
  )
  .max(100);

/**
 * The progress that `npm start` writes. A file that isn't there or is being written is no progress known, not an error.
 */
export async function readBootstrap(
  path: string | undefined,
): Promise<BootstrapStep[] | undefined> {
  if (!path) {
    return undefined;
  }
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

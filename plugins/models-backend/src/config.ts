import { Config } from '@backstage/config';
import {
  gpuProfiles,
  presets,
  type GpuProfile,
  type ModelPreset,
} from '@llm-platform/plugin-models-common';
import { z } from 'zod';

const profileSchema: z.ZodType<GpuProfile> = z.object({
  id: z.string().min(1),
  title: z.string().min(1),
  instanceType: z.string().min(1),
  gpu: z
    .object({
      product: z.string().min(1),
      count: z.int().positive(),
      memoryGiB: z.number().positive(),
    })
    .optional(),
  allocatable: z.object({ cpu: z.coerce.string(), memory: z.coerce.string() }),
  nodeSelector: z.record(z.string(), z.coerce.string()).default({}),
  tolerations: z
    .array(
      z.object({
        key: z.string(),
        operator: z.enum(['Exists', 'Equal']),
        value: z.coerce.string().optional(),
        effect: z.string().optional(),
      }),
    )
    .default([]),
  minNodes: z.int().nonnegative(),
  maxNodes: z.int().nonnegative(),
  pricePerHour: z.number().nonnegative().optional(),
});

/** Settings of the models plugin. */
export interface ModelsConfig {
  profiles: GpuProfile[];
  presets: ModelPreset[];
  bootstrapFile: string | undefined;
}

export function readModelsConfig(config: Config): ModelsConfig {
  return {
    profiles: readProfiles(config),
    presets,
    bootstrapFile: config.getOptionalString('llmPlatform.bootstrapFile'),
  };
}

function readProfiles(config: Config): GpuProfile[] {
  const declared = config.getOptional('llmPlatform.gpuProfiles');
  if (declared === undefined) {
    return gpuProfiles;
  }
  const parsed = z.array(profileSchema).min(1).safeParse(declared);
  if (!parsed.success) {
    throw new Error(
      `Invalid configuration llmPlatform.gpuProfiles: ${z.prettifyError(
        parsed.error,
      )}`,
    );
  }
  return parsed.data;
}

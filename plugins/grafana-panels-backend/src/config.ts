import type { Config } from '@backstage/config';
import { FILES_SOURCE } from '@llm-platform/plugin-grafana-panels-common';
import { z } from 'zod';

const ID = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;
const UID = /^[a-zA-Z0-9_-]{1,100}$/;
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

const instanceSchema = z.object({
  id: z
    .string()
    .regex(ID, 'use letters, digits and dashes')
    .refine(id => id !== FILES_SOURCE, `"${FILES_SOURCE}" is taken`),
  title: z.string().min(1).optional(),
  url: z.url({ protocol: /^https?$/ }),
  publicUrl: z.url({ protocol: /^https?$/ }).optional(),
  token: z.string().min(1),
  dataSources: z
    .array(
      z.object({
        uid: z.string().regex(UID, 'is no uid of Grafana'),
        title: z.string().min(1).optional(),
      }),
    )
    .min(1)
    .optional(),
  tag: z.string().min(1).optional(),
  teamLabel: z.string().regex(LABEL, 'is no name for a label').default('team'),
});

const limitsSchema = z.object({
  rangeDays: z.number().positive().default(400),
  series: z.int().positive().default(2_000),
  points: z.int().positive().default(1_000_000),
  responseBytes: z
    .int()
    .positive()
    .default(32 * 1024 * 1024),
  timeoutSeconds: z.number().positive().default(30),
  concurrentPerPerson: z.int().positive().default(8),
});

/** A Grafana that is read. */
export type GrafanaInstance = z.infer<typeof instanceSchema>;

/** What one query may cost. */
export type QueryLimits = z.infer<typeof limitsSchema>;

export interface PanelsConfig {
  /** Directory of the portal's own dashboards. */
  dashboardsPath: string | undefined;
  grafana: GrafanaInstance[];
  limits: QueryLimits;
}

/** Throws an error that names what is wrong in the configuration. */
export function readPanelsConfig(config: Config): PanelsConfig {
  const grafana = read(
    config,
    'llmPlatform.grafana.instances',
    z.array(instanceSchema).default([]),
  );
  const ids = grafana.map(({ id }) => id);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice) {
    throw new Error(
      `Invalid configuration llmPlatform.grafana.instances: there are two with the id '${twice}'`,
    );
  }
  return {
    dashboardsPath: config.getOptionalString('llmPlatform.dashboards.path'),
    grafana,
    limits: read(
      config,
      'llmPlatform.panels.limits',
      limitsSchema.prefault({}),
    ),
  };
}

function read<T>(config: Config, key: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(config.getOptional(key));
  if (!parsed.success) {
    throw new Error(
      `Invalid configuration ${key}: ${z.prettifyError(parsed.error)}`,
    );
  }
  return parsed.data;
}

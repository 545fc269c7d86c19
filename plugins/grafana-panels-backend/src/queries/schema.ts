import { z } from 'zod';
import type {
  DataSourceRef,
  LabelRequest,
  QueryRequest,
} from '@llm-platform/plugin-grafana-panels-common';

const MAX_QUERIES = 100;
/** What fits a panel's expression with every variable filled in; more is no mistake but an attack. */
const MAX_EXPR = 100_000;
/** Milliseconds of the year 9999; also keeps dates within what JavaScript knows. */
const MAX_TIME = 253_402_300_799_000;
const MAX_STEP_SECONDS = 366 * 24 * 3_600;

const name = z.string().min(1).max(253);

const dataSource: z.ZodType<DataSourceRef> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('prometheus'), cluster: name }),
  z.object({ kind: z.literal('grafana'), instance: name, uid: name }),
]);

const time = z.number().min(0).max(MAX_TIME);

const range = { dataSource, from: time, to: time };

function isForward({ from, to }: { from: number; to: number }): boolean {
  return from <= to;
}

const FORWARD = { error: 'is before "from"', path: ['to'] };

/** Body of `POST /v1/query`. */
export const queryRequest: z.ZodType<QueryRequest> = z
  .object({
    ...range,
    queries: z
      .array(
        z.object({
          refId: z.string().max(100),
          expr: z.string().max(MAX_EXPR),
          instant: z.boolean().optional(),
          stepSeconds: z.number().min(0.001).max(MAX_STEP_SECONDS),
        }),
      )
      .max(MAX_QUERIES),
  })
  .refine(isForward, FORWARD);

/** Body of `POST /v1/labels`. */
export const labelRequest: z.ZodType<LabelRequest> = z
  .object({
    ...range,
    kind: z.enum(['values', 'names', 'series', 'metrics']),
    label: z.string().min(1).max(1_000).optional(),
    match: z.array(z.string().max(MAX_EXPR)).max(50).optional(),
  })
  .refine(isForward, FORWARD)
  .refine(({ kind, label }) => kind !== 'values' || label !== undefined, {
    error: 'is missing: the values of which label?',
    path: ['label'],
  });

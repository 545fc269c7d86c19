import {
  envInteger,
  envLogLevel,
  readEnvironment,
} from '@llm-platform/service-kit';
import { z } from 'zod';

const seconds = (value: number) =>
  envInteger({ min: 1, max: 86_400, default: value });

/** What the gateway reads of its environment; the README lists it. */
const schema = z.object({
  HOST: z.string().default('0.0.0.0'),
  PORT: envInteger({ min: 1, max: 65_535, default: 8000 }),
  METRICS_PORT: envInteger({ min: 1, max: 65_535, default: 9090 }),
  LOG_LEVEL: envLogLevel(),
  KUBECONFIG: z.string().optional(),
  POD_NAMESPACE: z.string().default('platform'),
  HTTP_PROXY: z.url().optional(),
  NO_PROXY: z.string().optional(),
  MAX_BODY_BYTES: envInteger({
    min: 1024,
    max: 1024 * 1024 * 1024,
    default: 10 * 1024 * 1024,
  }),
  REQUEST_TIMEOUT_SECONDS: seconds(60),
  CONNECT_TIMEOUT_SECONDS: seconds(3),
  FIRST_BYTE_TIMEOUT_SECONDS: seconds(600),
  IDLE_TIMEOUT_SECONDS: seconds(120),
  TOTAL_TIMEOUT_SECONDS: seconds(3600),
  CLIENT_STALL_TIMEOUT_SECONDS: seconds(60),
  ROUTE_TABLE: z.string().optional(),
  ROUTE_TABLE_FILE: z.string().optional(),
  REDIS_URL: z
    .url({
      protocol: /^rediss?$/,
      error: 'must be a redis:// or rediss:// URL',
    })
    .optional(),
  LIMITS_FAIL: z.enum(['open', 'closed']).default('open'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  DRAIN_DELAY_SECONDS: envInteger({ min: 0, max: 600, default: 2 }),
  GRACE_SECONDS: envInteger({ min: 0, max: 3600, default: 25 }),
});

/** @public */
export type GatewayEnvironment = z.output<typeof schema>;

/** @public */
export function readGatewayEnvironment(
  env: Record<string, string | undefined>,
): GatewayEnvironment {
  return readEnvironment(schema, {
    ...env,
    // Both spellings are in use.
    HTTP_PROXY: env.HTTP_PROXY ?? env.http_proxy,
    NO_PROXY: env.NO_PROXY ?? env.no_proxy,
  });
}

import { z } from 'zod';
import { envInteger, envLogLevel, readEnvironment } from '../environment';
import { backendProblems, modelVariables } from '../models/modelEnvironment';

const MIB = 1024 * 1024;

/** The variables that every team service reads; the kit's README lists them. */
function commonVariables(bodyLimit: number) {
  return {
    HOST: z.string().default('0.0.0.0'),
    PORT: envInteger({ min: 1, max: 65_535, default: 8000 }),
    METRICS_PORT: envInteger({ min: 1, max: 65_535, default: 9090 }),
    LOG_LEVEL: envLogLevel(),
    TEAM: z.string('must name the team that the service belongs to'),
    READINESS: z.enum(['model', 'process']).default('model'),
    OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
    MAX_BODY_BYTES: envInteger({
      min: 1024,
      max: 1024 * MIB,
      default: bodyLimit,
    }),
    REQUEST_TIMEOUT_SECONDS: envInteger({ min: 1, max: 86_400, default: 60 }),
    DRAIN_DELAY_SECONDS: envInteger({ min: 0, max: 600, default: 2 }),
    GRACE_SECONDS: envInteger({ min: 0, max: 3600, default: 25 }),
    ...modelVariables,
  };
}

type CommonVariables = ReturnType<typeof commonVariables>;

/** What every team service knows of its environment. @public */
export type TeamServiceEnvironment = z.output<z.ZodObject<CommonVariables>>;

/** That and the service's own. @public */
export type EnvironmentOf<Own extends z.ZodRawShape> = TeamServiceEnvironment &
  z.output<z.ZodObject<Own>>;

/**
 * Reads a team service's environment.
 *
 * @throws EnvironmentError with every problem at once
 */
export function readTeamServiceEnvironment<Own extends z.ZodRawShape>(
  definition: { environment: Own; bodyLimit?: number },
  env: Record<string, string | undefined>,
): EnvironmentOf<Own> {
  return readEnvironment(
    z.object({
      ...definition.environment,
      ...commonVariables(definition.bodyLimit ?? MIB),
    }),
    {
      ...env,
      // Both spellings are in use.
      HTTP_PROXY: env.HTTP_PROXY ?? env.http_proxy,
      NO_PROXY: env.NO_PROXY ?? env.no_proxy,
    },
    backendProblems,
  ) as EnvironmentOf<Own>;
}

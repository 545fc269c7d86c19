import type { z } from 'zod';
import { EnvironmentError } from '../environment';
import { shutDownOnSignals } from '../shutdown';
import { createTeamService } from './createTeamService';
import type { TeamServiceDefinition } from './TeamService';

async function start<Own extends z.ZodRawShape>(
  definition: TeamServiceDefinition<Own>,
): Promise<void> {
  const { app, metricsApp, health, logger, env, endAll } =
    createTeamService(definition);
  shutDownOnSignals({
    health,
    drainDelayMs: env.DRAIN_DELAY_SECONDS * 1000,
    graceMs: env.GRACE_SECONDS * 1000,
    close: () => app.close(),
    force: endAll,
    log: message => logger.info(message),
  });
  await metricsApp.listen({ host: env.HOST, port: env.METRICS_PORT });
  const address = await app.listen({ host: env.HOST, port: env.PORT });
  logger.info({ address }, 'listening');
}

/**
 * The whole `main` of a team service: runs it until SIGTERM. What it can't
 * start with is on standard error, and the exit status is 1.
 *
 * @public
 */
export function runTeamService<Own extends z.ZodRawShape>(
  definition: TeamServiceDefinition<Own>,
): void {
  start(definition).catch((error: unknown) => {
    process.stderr.write(
      `${
        error instanceof EnvironmentError
          ? error.message
          : `${definition.name} could not start: ${
              error instanceof Error ? error.stack : error
            }`
      }\n`,
    );
    process.exit(1);
  });
}

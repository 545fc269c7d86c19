import type { TeamService, TeamServiceApp } from '@llm-platform/service-kit';
import { EvaluationRunner } from '../runner';
import { EvaluationStore } from '../store';
import type { variables } from '../variables';
import { addEvaluationRoutes } from './evaluationRoutes';
import { addEventRoute } from './eventRoute';

/** Opens the store, goes on with what was interrupted, and adds the routes. */
export async function addEvaluations(
  app: TeamServiceApp,
  service: TeamService<typeof variables>,
): Promise<void> {
  const { env, logger } = service;
  const store = await EvaluationStore.open(
    env.DATA_DIR,
    { evaluations: env.MAX_EVALUATIONS, bytes: env.MAX_STORED_BYTES },
    message => logger.warn({ source: 'store' }, message),
  );
  const runner = new EvaluationRunner({
    store,
    model: service.model,
    tracing: service.tracing,
    logger,
    concurrency: env.CONCURRENCY,
  });
  app.addHook('preClose', () => runner.close());
  addEvaluationRoutes(app, service, { store, runner });
  addEventRoute(app, { store, runner });
}

import { toError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type {
  ModelDeploymentDetail,
  ModelDeploymentRef,
} from '@llm-platform/plugin-models-common';
import { setTimeout as sleep } from 'node:timers/promises';
import { ModelsError, type ModelsClient, type RequestOptions } from '../client';
import { outputsOf } from './outputs';
import { Progress } from './progress';
import { waitReadyExamples } from './waitReady.examples';

const DEFAULT_TIMEOUT_SECONDS = 15 * 60;
/** A container that fails is restarted with back-off: what still fails after this does so for a reason. */
const FAILING_GRACE_MS = 30_000;

/**
 * `models:wait-ready`: follows the start of a model deployment in the task's log until it serves.
 *
 * @public
 */
export function createWaitReadyAction(options: {
  client: ModelsClient;
  pollIntervalMs?: number;
  failingGraceMs?: number;
}) {
  const { client } = options;
  const pollIntervalMs = options.pollIntervalMs ?? 1_000;
  const failingGraceMs = options.failingGraceMs ?? FAILING_GRACE_MS;

  return createTemplateAction({
    id: 'models:wait-ready',
    description:
      'Waits until a model deployment is ready and logs each phase of its start. Where it fails, the error says why, and what this run has created is deleted again.',
    examples: waitReadyExamples,
    supportsDryRun: true,
    schema: {
      input: {
        cluster: z => z.string().describe('Name of the cluster'),
        namespace: z => z.string(),
        name: z => z.string(),
        timeoutSeconds: z =>
          z
            .number()
            .int()
            .positive()
            .max(24 * 3600)
            .optional()
            .describe(`Default: ${DEFAULT_TIMEOUT_SECONDS}`),
        rollbackOnFailure: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Delete the model deployment when it fails and this run has created it. Default: true',
            ),
      },
      output: {
        entityRef: z => z.string().describe('Its entity in the catalog'),
        route: z => z.string().describe('Its name at the gateway'),
        cluster: z => z.string(),
        namespace: z => z.string(),
        name: z => z.string(),
      },
    },
    async handler(ctx) {
      const { cluster, namespace, name } = ctx.input;
      const ref: ModelDeploymentRef = { cluster, namespace, name };
      const outputs = outputsOf(ref);
      ctx.output('entityRef', outputs.entityRef);
      ctx.output('route', outputs.route);
      ctx.output('cluster', cluster);
      ctx.output('namespace', namespace);
      ctx.output('name', name);
      if (ctx.isDryRun) {
        ctx.logger.info(`Dry run: not waiting for ${namespace}/${name}`);
        return;
      }
      const request: RequestOptions = {
        credentials: await ctx.getInitiatorCredentials(),
        signal: ctx.signal,
      };
      const failure = await follow(
        ref,
        request,
        (ctx.input.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS) * 1000,
      );
      if (failure === undefined) {
        return;
      }
      throw new Error(
        ctx.input.rollbackOnFailure === false
          ? failure
          : `${failure} ${await undo(ref, request)}`,
      );

      /** Answers why it failed; `undefined` when it is ready. */
      async function follow(
        model: ModelDeploymentRef,
        as: RequestOptions,
        timeoutMs: number,
      ): Promise<string | undefined> {
        const progress = Progress.create();
        const deadline = Date.now() + timeoutMs;
        let failingSince: number | undefined;
        let last: ModelDeploymentDetail | undefined;
        let problem: string | undefined;
        while (Date.now() < deadline) {
          if (ctx.signal?.aborted) {
            throw new Error(
              `Cancelled: ${namespace}/${name} stays as it is and may still become ready`,
            );
          }
          try {
            last = await client.getModel(model, as);
            problem = undefined;
            for (const { level, text } of progress.observe(last)) {
              ctx.logger[level](text);
            }
            if (last.state === 'Ready') {
              ctx.logger.info(
                `${namespace}/${name} is ready: ${last.replicas.ready} of ${last.replicas.desired} replicas`,
              );
              return undefined;
            }
            if (last.state === 'Stopped') {
              ctx.logger.info(`${namespace}/${name} is stopped (0 replicas)`);
              return undefined;
            }
            if (last.state === 'Failing') {
              failingSince ??= Date.now();
              if (Date.now() - failingSince >= failingGraceMs) {
                return reasonOf(last, 'It fails');
              }
            }
          } catch (error) {
            if (isFinal(error)) {
              throw error;
            }
            const { message } = toError(error);
            if (message !== problem && !ctx.signal?.aborted) {
              ctx.logger.warn(`Still waiting: ${message}`);
            }
            problem = message;
          }
          await sleep(pollIntervalMs, undefined, { signal: ctx.signal }).catch(
            () => undefined,
          );
        }
        return reasonOf(
          last,
          `It is not ready after ${Math.round(timeoutMs / 1000)} s${
            problem ? ` (${problem})` : ''
          }`,
        );
      }

      async function undo(
        model: ModelDeploymentRef,
        as: RequestOptions,
      ): Promise<string> {
        try {
          const { deleted, leftovers } = await client.undo(
            model,
            ctx.task.id,
            as,
          );
          return `What this run had created is deleted again: ${deleted.join(
            ', ',
          )}.${
            leftovers.length > 0 ? ` Left over: ${leftovers.join(', ')}.` : ''
          }`;
        } catch (error) {
          return error instanceof ModelsError && error.statusCode === 409
            ? 'It was there before this run and is left as it is: scale, change or roll it back on its page.'
            : `It could not be deleted again: ${toError(error).message}`;
        }
      }
    },
  });
}

function reasonOf(
  model: ModelDeploymentDetail | undefined,
  what: string,
): string {
  const finding =
    model?.findings.find(({ severity }) => severity === 'error') ??
    model?.findings[0];
  if (finding) {
    return `${what}. ${finding.title}: ${finding.explanation} ${finding.remedy}`;
  }
  return model?.reason
    ? `${what}: ${model.state}, ${model.reason}.`
    : `${what}.`;
}

/** The cluster or the cache may be a moment away; a refusal stays one. A model not found may be one not seen yet. */
function isFinal(error: unknown): boolean {
  return (
    error instanceof ModelsError && [400, 401, 403].includes(error.statusCode)
  );
}

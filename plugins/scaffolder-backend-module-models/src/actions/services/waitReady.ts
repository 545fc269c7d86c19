import { toError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { TeamServiceDetail } from '@llm-platform/plugin-models-common';
import { setTimeout as sleep } from 'node:timers/promises';
import { ModelsError } from '../../client';
import { parseServiceInput } from '../../services';
import { exampleOf } from './examples';
import { requestOptionsOf, type ServiceTools } from './tools';

const DEFAULT_TIMEOUT_SECONDS = 10 * 60;
/** A container that fails is restarted with back-off: what still fails after this does so for a reason. */
const FAILING_GRACE_MS = 30_000;

/** The service itself fails, as opposed to the question how it is. */
class FailedError extends Error {}

/**
 * `services:wait-ready`: waits until a team service is ready, which it is only when its model answers it.
 *
 * @public
 */
export function createServiceWaitReadyAction(
  tools: ServiceTools & { pollIntervalMs?: number; failingGraceMs?: number },
) {
  const pollIntervalMs = tools.pollIntervalMs ?? 1_000;
  const failingGraceMs = tools.failingGraceMs ?? FAILING_GRACE_MS;

  return createTemplateAction({
    id: 'services:wait-ready',
    description:
      'Waits until a team service is ready. Where it fails, the error says why.',
    examples: exampleOf('services:wait-ready', 'Wait until it answers'),
    supportsDryRun: true,
    schema: {
      input: {
        cluster: z => z.string().describe('Name of the cluster'),
        spec: z =>
          z
            .record(z.unknown())
            .describe('TeamServiceSpec, llm-platform.dev/v1alpha1'),
        timeoutSeconds: z =>
          z
            .number()
            .int()
            .positive()
            .max(24 * 3600)
            .optional()
            .describe(`Default: ${DEFAULT_TIMEOUT_SECONDS}`),
      },
    },
    async handler(ctx) {
      const { cluster } = ctx.input;
      const { name, namespace } = parseServiceInput(ctx.input.spec).metadata;
      const id = `${namespace}/${name}`;
      if (ctx.isDryRun) {
        ctx.logger.info(`Dry run: not waiting for ${id}`);
        return;
      }
      const request = await requestOptionsOf(ctx);
      const seconds = ctx.input.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS;
      const deadline = Date.now() + seconds * 1000;
      let failingSince: number | undefined;
      let last: TeamServiceDetail | undefined;
      let said: string | undefined;
      while (Date.now() < deadline) {
        if (ctx.signal?.aborted) {
          throw new Error(`Cancelled while waiting for ${id}`);
        }
        try {
          last = await tools.client.getService(
            { cluster, namespace, name },
            request,
          );
          say(describe(last));
          if (last.state === 'Ready' || last.state === 'Stopped') {
            return;
          }
          failingSince =
            last.state === 'Failing' ? failingSince ?? Date.now() : undefined;
          if (
            failingSince !== undefined &&
            Date.now() - failingSince >= failingGraceMs
          ) {
            throw new FailedError(reasonOf(last, 'It fails'));
          }
        } catch (error) {
          if (error instanceof FailedError || isFinal(error)) {
            throw error;
          }
          say(`Still waiting: ${toError(error).message}`);
        }
        await sleep(pollIntervalMs, undefined, { signal: ctx.signal }).catch(
          () => undefined,
        );
      }
      throw new Error(reasonOf(last, `It is not ready after ${seconds} s`));

      function say(line: string) {
        if (line !== said && !ctx.signal?.aborted) {
          ctx.logger.info(line);
        }
        said = line;
      }
    },
  });
}

function describe({ state, reason, replicas }: TeamServiceDetail): string {
  return `${state}${reason ? `: ${reason}` : ''} (${replicas.ready} of ${
    replicas.desired
  } ready)`;
}

function reasonOf(
  service: TeamServiceDetail | undefined,
  what: string,
): string {
  const finding =
    service?.findings.find(({ severity }) => severity === 'error') ??
    service?.findings[0];
  if (finding) {
    return `${what}. ${finding.title}: ${finding.explanation} ${finding.remedy}`;
  }
  return service?.reason
    ? `${what}: ${service.state}, ${service.reason}.`
    : `${what}.`;
}

/** The cluster or the cache may be a moment away; a refusal stays one. */
function isFinal(error: unknown): boolean {
  return (
    error instanceof ModelsError && [400, 401, 403].includes(error.statusCode)
  );
}

import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { ModelDeploymentSpec } from '@llm-platform/plugin-models-common';
import type { ModelsClient } from '../client';
import { logChecks } from './checks';
import { preflightExamples } from './preflight.examples';

/**
 * `models:preflight`: judges a spec before anything is changed, and fails where it could not run.
 *
 * @public
 */
export function createPreflightAction(options: { client: ModelsClient }) {
  return createTemplateAction({
    id: 'models:preflight',
    description:
      'Checks whether a model deployment will run: memory, GPUs, quota, storage, names, and the dry run of the cluster. Changes nothing.',
    examples: preflightExamples,
    supportsDryRun: true,
    schema: {
      input: {
        cluster: z => z.string().describe('Name of the cluster'),
        spec: z =>
          z
            .record(z.unknown())
            .describe('ModelDeploymentSpec, llm-platform.dev/v1alpha1'),
      },
      output: {
        verdict: z => z.string().describe('pass, warn or unknown'),
      },
    },
    async handler(ctx) {
      const report = await options.client.preflight(
        {
          cluster: ctx.input.cluster,
          spec: ctx.input.spec as unknown as ModelDeploymentSpec,
          runId: ctx.task.id,
        },
        {
          credentials: await ctx.getInitiatorCredentials(),
          signal: ctx.signal,
        },
      );
      logChecks(report, {
        logger: ctx.logger,
        refusal: 'It would not run.',
      });
      ctx.output('verdict', report.verdict);
    },
  });
}

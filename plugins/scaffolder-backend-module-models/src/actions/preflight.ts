import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type {
  ModelDeploymentSpec,
  PreflightCheck,
} from '@llm-platform/plugin-models-common';
import type { ModelsClient } from '../client';
import { preflightExamples } from './preflight.examples';

const MARKS: Record<PreflightCheck['verdict'], string> = {
  pass: '✓',
  warn: '!',
  block: '✗',
  unknown: '?',
};

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
      for (const check of report.checks) {
        const line = `${MARKS[check.verdict]} ${check.title}: ${check.message}`;
        if (check.verdict === 'pass') {
          ctx.logger.info(line);
        } else {
          ctx.logger.warn(check.remedy ? `${line} → ${check.remedy}` : line);
        }
      }
      const blocked = report.checks.filter(
        ({ verdict }) => verdict === 'block',
      );
      if (blocked.length > 0) {
        throw new Error(
          `It would not run. ${blocked
            .map(({ title, message }) => `${title}: ${message}`)
            .join(' ')}`,
        );
      }
      for (const { ref, operation } of report.changes) {
        ctx.logger.info(
          `Will ${operation === 'unchanged' ? 'keep' : operation} ${ref.kind} ${
            ref.namespace
          }/${ref.name}`,
        );
      }
      ctx.output('verdict', report.verdict);
    },
  });
}

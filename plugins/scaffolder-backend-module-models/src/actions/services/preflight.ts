import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  repositoryName,
  type TeamServiceSpec,
} from '@llm-platform/plugin-models-common';
import { logChecks } from '../checks';
import { exampleOf } from './examples';
import {
  identifierOf,
  repositoriesOf,
  requestOptionsOf,
  type ServiceTools,
} from './tools';

/**
 * `services:preflight`: judges a team service before anything is made.
 *
 * @public
 */
export function createServicePreflightAction(tools: ServiceTools) {
  return createTemplateAction({
    id: 'services:preflight',
    description:
      'Checks whether a team service can be made: name, route, model, quota, repository, and the dry run of the cluster. Changes nothing.',
    examples: exampleOf('services:preflight', 'Check a team service'),
    supportsDryRun: true,
    schema: {
      input: {
        cluster: z => z.string().describe('Name of the cluster'),
        spec: z =>
          z
            .record(z.unknown())
            .describe('TeamServiceSpec, llm-platform.dev/v1alpha1'),
        localRepository: z =>
          z
            .boolean()
            .optional()
            .describe('Whether its repository will be one of this portal'),
      },
      output: {
        verdict: z => z.string().describe('pass, warn or unknown'),
        identifier: z =>
          z.string().describe('Its name as a variable in its source'),
        repositoryName: z => z.string(),
      },
    },
    async handler(ctx) {
      const spec = ctx.input.spec as unknown as TeamServiceSpec;
      const report = await tools.client.preflightService(
        { cluster: ctx.input.cluster, spec, runId: ctx.task.id },
        await requestOptionsOf(ctx),
      );
      logChecks(report, {
        logger: ctx.logger,
        refusal: 'It can not be made.',
      });
      if (ctx.input.localRepository) {
        await repositoriesOf(tools).requireFree(
          repositoryName(spec.metadata),
          ctx.task.id,
        );
      }
      ctx.output('verdict', report.verdict);
      ctx.output('identifier', identifierOf(spec.metadata.name));
      ctx.output('repositoryName', repositoryName(spec.metadata));
    },
  });
}

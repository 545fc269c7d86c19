import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { outputsOf } from '../outputs';
import { parseServiceInput } from '../../services';
import { exampleOf } from './examples';
import { requestOptionsOf, type ServiceTools } from './tools';

/**
 * `services:apply`: makes a team service on a cluster, with its gateway key. The key is made by the models plugin and
 * goes from there to the cluster: no step of a task sees it.
 *
 * @public
 */
export function createServiceApplyAction(tools: ServiceTools) {
  return createTemplateAction({
    id: 'services:apply',
    description:
      'Makes a team service: its gateway key, route and objects, by dry run and server-side apply. What this run has changed is undone when an object fails.',
    examples: exampleOf('services:apply', 'Apply to the cluster', {
      repository: 'https://github.com/example/quant-summaries',
    }),
    supportsDryRun: true,
    schema: {
      input: {
        cluster: z => z.string().describe('Name of the cluster'),
        spec: z =>
          z
            .record(z.unknown())
            .describe('TeamServiceSpec, llm-platform.dev/v1alpha1'),
        repository: z =>
          z.string().optional().describe('Where its source is: a URL'),
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
      const { cluster, repository } = ctx.input;
      const given = parseServiceInput(ctx.input.spec);
      const spec = repository
        ? { ...given, spec: { ...given.spec, repository } }
        : given;
      const { name, namespace } = spec.metadata;
      const outputs = outputsOf({ cluster, namespace, name });
      ctx.output('entityRef', outputs.entityRef);
      ctx.output('route', spec.spec.route);
      ctx.output('cluster', cluster);
      ctx.output('namespace', namespace);
      ctx.output('name', name);
      if (ctx.isDryRun) {
        ctx.logger.info(`Dry run: ${namespace}/${name} is not applied`);
        return;
      }
      const { changes } = await tools.client.applyService(
        { cluster, spec, runId: ctx.task.id },
        await requestOptionsOf(ctx),
      );
      for (const { ref, operation } of changes) {
        ctx.logger.info(
          `${operation}: ${ref.kind} ${ref.namespace}/${ref.name}`,
        );
      }
    },
  });
}

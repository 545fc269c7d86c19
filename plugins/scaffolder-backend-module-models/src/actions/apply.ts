import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { ModelDeploymentSpec } from '@llm-platform/plugin-models-common';
import type { ModelsClient } from '../client';
import { applyExamples } from './apply.examples';
import { outputsOf } from './outputs';

/**
 * `models:apply`: brings a cluster to a spec. The task's id is the id of the run, so that a task that is taken up again
 * after a crash ends in the same state.
 *
 * @public
 */
export function createApplyAction(options: { client: ModelsClient }) {
  return createTemplateAction({
    id: 'models:apply',
    description:
      'Creates or changes a model deployment: dry run of the cluster, then server-side apply. What this run has changed is undone when an object fails.',
    examples: applyExamples,
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
        entityRef: z => z.string().describe('Its entity in the catalog'),
        route: z => z.string().describe('Its name at the gateway'),
        cluster: z => z.string(),
        namespace: z => z.string(),
        name: z => z.string(),
        revision: z =>
          z.number().optional().describe('Number of the applied revision'),
      },
    },
    async handler(ctx) {
      const { cluster } = ctx.input;
      const spec = ctx.input.spec as unknown as ModelDeploymentSpec;
      if (ctx.isDryRun) {
        const { namespace, name } = spec.metadata;
        ctx.logger.info(`Dry run: ${namespace}/${name} is not applied`);
        write(outputsOf({ cluster, namespace, name }));
        return;
      }
      const result = await options.client.apply(
        { cluster, spec, runId: ctx.task.id },
        {
          credentials: await ctx.getInitiatorCredentials(),
          signal: ctx.signal,
        },
      );
      for (const { ref, operation } of result.changes) {
        ctx.logger.info(
          `${operation}: ${ref.kind} ${ref.namespace}/${ref.name}`,
        );
      }
      ctx.logger.info(`Revision ${result.revision} is applied`);
      write(outputsOf(result.ref));
      ctx.output('revision', result.revision);

      function write(outputs: ReturnType<typeof outputsOf>) {
        ctx.output('entityRef', outputs.entityRef);
        ctx.output('route', outputs.route);
        ctx.output('cluster', outputs.cluster);
        ctx.output('namespace', outputs.namespace);
        ctx.output('name', outputs.name);
      }
    },
  });
}

import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { parseServiceInput } from '../../services';
import { exampleOf } from './examples';
import { imageBuilderOf, requestOptionsOf, type ServiceTools } from './tools';

/**
 * `services:build-image`: builds the workspace's image where the cluster takes images from this machine.
 *
 * @public
 */
export function createBuildImageAction(tools: ServiceTools) {
  return createTemplateAction({
    id: 'services:build-image',
    description:
      'Builds the image of a team service for a cluster that takes its images from this machine. For any other the workflow in the repository builds it.',
    examples: exampleOf('services:build-image', 'Build the image'),
    supportsDryRun: true,
    schema: {
      input: {
        cluster: z => z.string().describe('Name of the cluster'),
        spec: z =>
          z
            .record(z.unknown())
            .describe('TeamServiceSpec, llm-platform.dev/v1alpha1'),
      },
      output: {
        image: z => z.string().optional().describe('What has been built'),
      },
    },
    async handler(ctx) {
      const { cluster } = ctx.input;
      const spec = parseServiceInput(ctx.input.spec);
      const { image } = spec.spec;
      const builder = imageBuilderOf(tools, cluster);
      if (!builder) {
        ctx.logger.info(
          `Cluster ${cluster} pulls ${image} from its registry, to which the repository's workflow pushes it`,
        );
        return;
      }
      if (ctx.isDryRun) {
        ctx.logger.info(`Dry run: ${image} is not built`);
        return;
      }
      await tools.client.authorizeService(
        { cluster, spec, runId: ctx.task.id },
        await requestOptionsOf(ctx),
      );
      await builder.build(ctx.workspacePath, image, { signal: ctx.signal });
      ctx.output('image', image);
      ctx.logger.info(`${image} is built`);
    },
  });
}

import { toError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { repositoryName } from '@llm-platform/plugin-models-common';
import { ModelsError } from '../../client';
import { LocalRepositories } from '../../repositories';
import { parseServiceInput } from '../../services';
import { exampleOf } from './examples';
import { imageBuilderOf, requestOptionsOf, type ServiceTools } from './tools';

/**
 * `services:undo`: takes back what this very task has made: objects, key, image and local repository. For a step with
 * `if: ${{ failure() }}` at the end of a template. What another run has made is not touched.
 *
 * @public
 */
export function createServiceUndoAction(tools: ServiceTools) {
  return createTemplateAction({
    id: 'services:undo',
    description:
      'Takes back what this task has made of a team service: its objects, key, image and local repository.',
    examples: exampleOf('services:undo', 'Take back what was made'),
    supportsDryRun: true,
    schema: {
      input: {
        cluster: z => z.string().describe('Name of the cluster'),
        spec: z =>
          z
            .record(z.unknown())
            .describe('TeamServiceSpec, llm-platform.dev/v1alpha1'),
        image: z =>
          z.string().optional().describe('The image that this task has built'),
        repository: z =>
          z
            .string()
            .optional()
            .describe(
              'A repository on GitHub or GitLab that this task has made',
            ),
      },
    },
    async handler(ctx) {
      const { cluster, image, repository } = ctx.input;
      if (ctx.isDryRun) {
        ctx.logger.info('Dry run: there is nothing to take back');
        return;
      }
      const spec = parseServiceInput(ctx.input.spec);
      const { name, namespace } = spec.metadata;
      const left: string[] = [];

      await attempt(`service ${namespace}/${name}`, async () => {
        const request = await requestOptionsOf(ctx);
        const { deleted, leftovers } = await tools.client
          .undoService(
            { cluster, namespace, name },
            ctx.task.id,
            // Cancelling the task must not cancel this.
            { ...request, signal: undefined },
          )
          .catch(error => {
            if (isNotOurs(error)) {
              return { deleted: [], leftovers: [] };
            }
            throw error;
          });
        deleted.forEach(object => ctx.logger.info(`deleted: ${object}`));
        left.push(...leftovers);
      });
      const { repositories } = tools.config;
      if (repositories) {
        const repositoryId = repositoryName(spec.metadata);
        await attempt(`repository ${repositoryId}`, async () => {
          const local = LocalRepositories.create({ folder: repositories });
          if (await local.removeOwn(repositoryId, ctx.task.id)) {
            ctx.logger.info(`deleted: repository ${repositoryId}`);
          }
        });
      }
      const builder = imageBuilderOf(tools, cluster);
      if (image && builder) {
        await attempt(`image ${image}`, async () => {
          await builder.remove(image);
          ctx.logger.info(`deleted: image ${image}`);
        });
      }
      if (repository) {
        left.push(
          `the repository ${repository} (delete it there, or use it with another run)`,
        );
      }
      if (left.length > 0) {
        throw new Error(`Left over: ${left.join(', ')}`);
      }

      async function attempt(what: string, work: () => Promise<void>) {
        try {
          await work();
        } catch (error) {
          left.push(`${what} (${toError(error).message})`);
        }
      }
    },
  });
}

/** There is none, or another run has made it. */
function isNotOurs(error: unknown): boolean {
  return error instanceof ModelsError && [404, 409].includes(error.statusCode);
}

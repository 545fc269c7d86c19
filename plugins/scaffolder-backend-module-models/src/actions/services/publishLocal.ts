import {
  DEFAULT_NAMESPACE,
  parseEntityRef,
  type UserEntity,
} from '@backstage/catalog-model';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { repositoryName } from '@llm-platform/plugin-models-common';
import { parseServiceInput } from '../../services';
import { exampleOf } from './examples';
import { repositoriesOf, requestOptionsOf, type ServiceTools } from './tools';

/** Of whom a commit is, by what the catalog knows of the person. */
function authorOf(user: { ref?: string; entity?: UserEntity } | undefined) {
  const { displayName, email } = user?.entity?.spec.profile ?? {};
  const name = user?.ref
    ? parseEntityRef(user.ref, { defaultNamespace: DEFAULT_NAMESPACE }).name
    : 'llm-platform-portal';
  return {
    name: displayName ?? name,
    email: email ?? `${name}@users.noreply.invalid`,
  };
}

/**
 * `services:publish-local`: makes a bare git repository of the workspace.
 *
 * @public
 */
export function createPublishLocalAction(tools: ServiceTools) {
  return createTemplateAction({
    id: 'services:publish-local',
    description:
      'Makes a bare git repository from the workspace in the folder of this portal. One of the same name is never touched.',
    examples: exampleOf('services:publish-local', 'Make the repository'),
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
        remoteUrl: z => z.string().describe('Where it can be cloned from'),
        commit: z => z.string().optional().describe('Id of its first commit'),
      },
    },
    async handler(ctx) {
      const spec = parseServiceInput(ctx.input.spec);
      const name = repositoryName(spec.metadata);
      const repositories = repositoriesOf(tools);
      await tools.client.authorizeService(
        { cluster: ctx.input.cluster, spec, runId: ctx.task.id },
        await requestOptionsOf(ctx),
      );
      await repositories.requireFree(name, ctx.task.id);
      if (ctx.isDryRun) {
        ctx.logger.info(`Dry run: repository ${name} is not made`);
        return;
      }
      const { url, commit } = await repositories.publish({
        name,
        content: ctx.workspacePath,
        author: authorOf(ctx.user),
        message: `Service ${spec.metadata.name} of team ${spec.metadata.team}\n`,
        runId: ctx.task.id,
      });
      ctx.logger.info(`Repository ${name}: ${url}, commit ${commit}`);
      ctx.output('remoteUrl', url);
      ctx.output('commit', commit);
    },
  });
}

import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { addKit, addManifests, parseServiceInput } from '../../services';
import { exampleOf } from './examples';
import { kitOf, type ServiceTools } from './tools';

/**
 * `services:content`: adds to the rendered skeleton what is no text of it.
 *
 * @public
 */
export function createServiceContentAction(tools: ServiceTools) {
  return createTemplateAction({
    id: 'services:content',
    description:
      "Adds the service kit and the service's Kubernetes objects to the workspace.",
    examples: exampleOf('services:content', 'Add the kit and the manifests'),
    supportsDryRun: true,
    schema: {
      input: {
        spec: z =>
          z
            .record(z.unknown())
            .describe('TeamServiceSpec, llm-platform.dev/v1alpha1'),
      },
    },
    async handler(ctx) {
      const spec = parseServiceInput(ctx.input.spec);
      await addKit(ctx.workspacePath, { kit: kitOf(tools) });
      await addManifests(ctx.workspacePath, spec);
      ctx.logger.info('The service kit is in vendor/service-kit');
      ctx.logger.info('Its Kubernetes objects are in k8s, without any key');
    },
  });
}

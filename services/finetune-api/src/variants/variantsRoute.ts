import {
  modelProblems,
  problems,
  type TeamService,
  type TeamServiceApp,
} from '@llm-platform/service-kit';
import { z } from 'zod';

const variant = z.object({
  name: z.string().describe('To be given as `variant`.'),
  kind: z.enum(['base', 'adapter']),
  base: z
    .string()
    .optional()
    .describe('The model that an adapter was trained on top of.'),
});

const variantList = z
  .object({
    variants: z
      .array(variant)
      .nullable()
      .describe(
        '`null` where the backend does not tell, as SageMaker does not.',
      ),
  })
  .describe('What `POST /predict` takes as `variant`.');

/**
 * `GET /variants`: the base models and LoRA adapters that the backend serves
 * at this moment. vLLM gives an adapter's base as its `parent`.
 */
export function addVariantsRoute(
  app: TeamServiceApp,
  service: Pick<TeamService, 'model' | 'signalOf'>,
): void {
  app.get(
    '/variants',
    {
      schema: {
        summary: 'The base models and adapters that can be asked for',
        response: { 200: variantList, ...problems(modelProblems) },
      },
    },
    async (_request, reply): Promise<z.input<typeof variantList>> => {
      const served = await service.model.variants(service.signalOf(reply));
      return {
        variants:
          served?.map(({ id, parent }) =>
            parent === undefined
              ? { name: id, kind: 'base' }
              : { name: id, kind: 'adapter', base: parent },
          ) ?? null,
      };
    },
  );
}

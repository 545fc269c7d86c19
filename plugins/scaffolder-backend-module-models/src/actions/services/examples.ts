import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';
import { exampleService } from './spec.examples';

/** One step with an action and what it gets beside cluster and spec. */
export function exampleOf(
  action: string,
  description: string,
  input: Record<string, unknown> = {},
): TemplateExample[] {
  return [
    {
      description,
      example: stringify({
        steps: [
          {
            id: action.split(':')[1],
            name: description,
            action,
            input: { cluster: 'embedded', spec: exampleService, ...input },
          },
        ],
      }),
    },
  ];
}

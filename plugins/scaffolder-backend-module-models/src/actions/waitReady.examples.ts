import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const waitReadyExamples: TemplateExample[] = [
  {
    description: 'Wait until what models:apply has applied is ready',
    example: stringify({
      steps: [
        {
          id: 'wait',
          name: 'Wait until it is ready',
          action: 'models:wait-ready',
          input: {
            cluster: '${{ steps.apply.output.cluster }}',
            namespace: '${{ steps.apply.output.namespace }}',
            name: '${{ steps.apply.output.name }}',
            timeoutSeconds: 900,
          },
        },
      ],
    }),
  },
];

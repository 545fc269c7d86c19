import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';
import { exampleSpec } from './spec.examples';

export const preflightExamples: TemplateExample[] = [
  {
    description: 'Check a small model on a CPU node',
    example: stringify({
      steps: [
        {
          id: 'preflight',
          name: 'Will it run?',
          action: 'models:preflight',
          input: { cluster: 'embedded', spec: exampleSpec },
        },
      ],
    }),
  },
];

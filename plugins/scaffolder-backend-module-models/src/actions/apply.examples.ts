import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';
import { exampleSpec } from './spec.examples';

export const applyExamples: TemplateExample[] = [
  {
    description: 'Deploy a small model on a CPU node',
    example: stringify({
      steps: [
        {
          id: 'apply',
          name: 'Apply',
          action: 'models:apply',
          input: { cluster: 'embedded', spec: exampleSpec },
        },
      ],
    }),
  },
];

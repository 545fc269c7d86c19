import { appliedPart } from './appliedFields';
import type { LiveObject } from './objectApi';

const MANAGER = 'llm-platform-portal';

function deployment(managedFields: unknown[]): LiveObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'small',
      namespace: 'quant',
      uid: 'u',
      labels: { a: '1', theirs: 'x' },
      finalizers: ['ours', 'theirs'],
      managedFields,
    },
    spec: {
      replicas: 2,
      paused: false,
      template: {
        spec: {
          containers: [
            {
              name: 'vllm',
              image: 'v1',
              args: ['--model', 'm'],
              env: [
                { name: 'Z', value: '1' },
                { name: 'A', value: '2' },
              ],
              imagePullPolicy: 'Always',
            },
            { name: 'injected', image: 'sidecar' },
          ],
        },
      },
    },
    status: { replicas: 2 },
  } as unknown as LiveObject;
}

describe('appliedPart', () => {
  it('keeps exactly the fields, list items and values that the portal has applied', () => {
    const live = deployment([
      {
        manager: MANAGER,
        operation: 'Apply',
        fieldsV1: {
          'f:metadata': {
            'f:labels': { 'f:a': {} },
            'f:finalizers': { 'v:"ours"': {} },
          },
          'f:spec': {
            'f:replicas': {},
            'f:gone': {},
            'f:template': {
              'f:spec': {
                'f:containers': {
                  'k:{"name":"vllm"}': {
                    '.': {},
                    'f:name': {},
                    'f:image': {},
                    'f:args': {},
                    'f:env': {
                      'k:{"name":"A"}': {
                        '.': {},
                        'f:name': {},
                        'f:value': {},
                      },
                      'k:{"name":"Z"}': {
                        '.': {},
                        'f:name': {},
                        'f:value': {},
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
      { manager: 'kcm', operation: 'Update', fieldsV1: { 'f:status': {} } },
    ]);
    expect(appliedPart(live)).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'small',
        namespace: 'quant',
        labels: { a: '1' },
        finalizers: ['ours'],
      },
      spec: {
        replicas: 2,
        template: {
          spec: {
            containers: [
              {
                name: 'vllm',
                image: 'v1',
                args: ['--model', 'm'],
                // In the order of the object: another one would start new pods.
                env: [
                  { name: 'Z', value: '1' },
                  { name: 'A', value: '2' },
                ],
              },
            ],
          },
        },
      },
    });
  });

  it('takes all back where the portal had applied nothing before', () => {
    const live = deployment([
      {
        manager: MANAGER,
        operation: 'Apply',
        subresource: 'status',
        fieldsV1: { 'f:status': {} },
      },
    ]);
    expect(appliedPart(live)).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'small', namespace: 'quant' },
    });
  });
});

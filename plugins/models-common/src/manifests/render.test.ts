import { lookupArchitecture } from '../architectures';
import { aSpec, profile } from '../__fixtures__/builders';
import type { ModelDeploymentSpec } from '../spec';
import { applySetId, renderModelDeployment, type KubernetesObject } from '.';

function render(
  spec: ModelDeploymentSpec,
  options: { gated?: boolean } = {},
): KubernetesObject[] {
  const { architecture } = lookupArchitecture(spec.spec.model.id);
  return renderModelDeployment(spec, {
    profile: profile(spec.spec.profile),
    architecture: architecture && { ...architecture, ...options },
  });
}

/* The manifests are read as the API server would: by path. */
function at(object: unknown, path: string): any {
  return path.split('.').reduce<any>((value, key) => value?.[key], object);
}

const CONTAINER = 'spec.template.spec.containers.0';

function deployment(spec: ModelDeploymentSpec, options?: { gated?: boolean }) {
  return render(spec, options).find(({ kind }) => kind === 'Deployment')!;
}

describe('a model on a T4, as the original platform ran it', () => {
  const spec = aSpec();
  const [claim, service] = render(spec);
  const model = deployment(spec);

  it('is a claim, a Service and a Deployment', () => {
    expect(
      render(spec).map(({ kind, metadata }) => [
        kind,
        metadata.namespace,
        metadata.name,
      ]),
    ).toEqual([
      ['PersistentVolumeClaim', 'quant', 'mistral-cache'],
      ['Service', 'quant', 'mistral'],
      ['Deployment', 'quant', 'mistral'],
    ]);
  });

  it('runs vLLM with exactly these arguments, image and resources', () => {
    expect(at(model, CONTAINER)).toMatchObject({
      image: 'vllm/vllm-openai:v0.11.0',
      args: [
        ...['--model', 'TheBloke/Mistral-7B-Instruct-v0.2-AWQ'],
        ...['--served-model-name', 'mistral'],
        ...['--port', '8000'],
        ...['--dtype', 'half'],
        ...['--quantization', 'awq'],
        ...['--max-model-len', '4096'],
        ...['--gpu-memory-utilization', '0.9'],
      ],
      resources: {
        requests: { cpu: '2', memory: '12Gi', 'nvidia.com/gpu': '1' },
        limits: { cpu: '3', memory: '14Gi', 'nvidia.com/gpu': '1' },
      },
    });
  });

  it('goes to the GPU node and never needs two at once', () => {
    expect(at(model, 'spec.strategy')).toEqual({ type: 'Recreate' });
    expect(at(model, 'spec.template.spec')).toMatchObject({
      nodeSelector: { 'node.kubernetes.io/instance-type': 'g4dn.xlarge' },
      tolerations: [
        { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
      ],
      enableServiceLinks: false,
      automountServiceAccountToken: false,
      securityContext: {
        fsGroup: 2000,
        seccompProfile: { type: 'RuntimeDefault' },
      },
    });
    expect(at(model, `${CONTAINER}.securityContext`)).toMatchObject({
      allowPrivilegeEscalation: false,
    });
  });

  it('has time for a cold download: half an hour, and the rollout waits as long', () => {
    const { periodSeconds, failureThreshold } = at(
      model,
      `${CONTAINER}.startupProbe`,
    );
    expect(periodSeconds * failureThreshold).toBe(1800);
    expect(at(model, 'spec.progressDeadlineSeconds')).toBeGreaterThan(1800);
  });

  it('keeps the weights on the claim', () => {
    expect(at(claim, 'spec')).toEqual({
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '200Gi' } },
    });
    expect(at(model, `${CONTAINER}.volumeMounts.0`)).toEqual({
      name: 'cache',
      mountPath: '/root/.cache/huggingface',
    });
    expect(
      at(model, 'spec.template.spec.volumes.0.persistentVolumeClaim'),
    ).toEqual({ claimName: 'mistral-cache' });
  });

  it('can be found by the gateway and the catalog', () => {
    expect(service.metadata.labels).toEqual({
      'app.kubernetes.io/name': 'mistral',
      'app.kubernetes.io/part-of': 'llm-platform',
      'app.kubernetes.io/managed-by': 'llm-platform-portal',
      'llm-platform.dev/team': 'quant',
      'llm-platform.dev/model': 'mistral',
      'llm-platform.dev/route': 'mistral',
      'backstage.io/kubernetes-id': 'mistral',
      'applyset.kubernetes.io/part-of': applySetId(spec.metadata),
    });
    expect(at(service, 'spec.ports')).toEqual([
      { name: 'http', port: 8000, targetPort: 'http', protocol: 'TCP' },
    ]);
    expect(at(model, `${CONTAINER}.ports.0`)).toMatchObject({
      name: 'http',
      containerPort: 8000,
    });
  });
});

it('has a selector that no change of the spec changes (incident 15)', () => {
  const changed = aSpec('smollm2-135m', ({ metadata, spec }) => {
    metadata.team = 'eval';
    spec.replicas = 0;
  });
  const selector = {
    'app.kubernetes.io/name': 'mistral',
    'llm-platform.dev/model': 'mistral',
  };
  for (const spec of [aSpec(), changed]) {
    const object = deployment(spec);
    expect(at(object, 'spec.selector.matchLabels')).toEqual(selector);
    expect(at(object, 'spec.template.metadata.labels')).toMatchObject(selector);
    const [, service] = render(spec);
    expect(at(service, 'spec.selector')).toEqual(selector);
  }
});

it('runs on a CPU node with the CPU image and its cache size', () => {
  const model = deployment(aSpec('smollm2-135m'));
  const container = at(model, CONTAINER);
  expect(container.image).toMatch(/vllm-cpu-release-repo:v0\.11\.0$/);
  expect(container.args).not.toContain('--gpu-memory-utilization');
  expect(container.args).not.toContain('--quantization');
  expect(container.env).toContainEqual({
    name: 'VLLM_CPU_KVCACHE_SPACE',
    value: '1',
  });
  expect(JSON.stringify(model)).not.toContain('nvidia.com/gpu');
});

it.each([
  [undefined, true],
  [false, true],
  [true, false],
])('gated %p: the token may be absent: %p', (gated, optional) => {
  const env = at(deployment(aSpec(), { gated }), `${CONTAINER}.env`);
  expect(env).toContainEqual({
    name: 'HF_TOKEN',
    valueFrom: { secretKeyRef: { name: 'hf-token', key: 'token', optional } },
  });
});

it('passes every further setting of the engine on', () => {
  const spec = aSpec(
    'mistral-7b-awq',
    ({ spec: { engine, model, storage } }) => {
      model.revision = 'gptq-4bit';
      storage.storageClassName = 'gp2';
      Object.assign(engine, {
        tensorParallelSize: 4,
        maxNumSeqs: 64,
        maxNumBatchedTokens: 4096,
        kvCacheDtype: 'fp8',
        enforceEager: true,
      });
    },
  );
  const container = at(deployment(spec), CONTAINER);
  expect(container.args.join(' ')).toMatch(
    /--revision gptq-4bit .*--tensor-parallel-size 4 --max-num-seqs 64 --max-num-batched-tokens 4096 --kv-cache-dtype fp8 --enforce-eager$/,
  );
  expect(container.resources.limits['nvidia.com/gpu']).toBe('4');
  expect(at(render(spec)[0], 'spec.storageClassName')).toBe('gp2');
});

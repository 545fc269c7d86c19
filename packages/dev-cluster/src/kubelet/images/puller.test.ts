import { createImageCatalogue } from './catalogue';
import { createImagePuller } from './puller';

const catalogue = createImageCatalogue({
  'vllm/vllm-openai:v0.11.0': { kind: 'run', entrypoint: ['node'] },
  'registry.k8s.io/*': { kind: 'simulated', simulated: 'component' },
  'grafana/loki:*': { kind: 'simulated', simulated: 'Loki' },
});

describe('pulling an image', () => {
  it('pulls once on each node', () => {
    const puller = createImagePuller(catalogue);
    const reasons = (node: string, policy = 'IfNotPresent') =>
      puller
        .pull(node, 'vllm/vllm-openai:v0.11.0', policy)
        .events.map(event => event.message.split(' ')[0]);
    expect(reasons('a')).toEqual(['Pulling', 'Successfully']);
    expect(reasons('a')).toEqual(['Container']);
    expect(reasons('a', 'Always')).toEqual(['Pulling', 'Successfully']);
    expect(reasons('b')).toEqual(['Pulling', 'Successfully']);
  });

  it('says what containerd says of an image that is not there', () => {
    const result = createImagePuller(catalogue).pull(
      'a',
      'vllm/vllm-openai:latest',
      'Always',
    );
    expect(result).toMatchObject({ ok: false, reason: 'ErrImagePull' });
    expect(result.events[1]).toEqual({
      type: 'Warning',
      reason: 'Failed',
      message:
        'Failed to pull image "vllm/vllm-openai:latest": rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/vllm/vllm-openai:latest": failed to resolve reference "docker.io/vllm/vllm-openai:latest": docker.io/vllm/vllm-openai:latest: not found',
    });
  });

  it('refuses a name in the words of the kubelet', () => {
    const result = createImagePuller(catalogue).pull('a', 'My/App', 'Always');
    expect(result).toMatchObject({
      ok: false,
      reason: 'InvalidImageName',
      message:
        'Failed to apply default image tag "My/App": couldn\'t parse image name "My/App": invalid reference format: repository name (App) must be lowercase',
    });
  });

  it('never pulls where the policy says so', () => {
    expect(
      createImagePuller(catalogue).pull('a', 'grafana/loki:3', 'Never'),
    ).toMatchObject({ ok: false, reason: 'ErrImageNeverPull' });
  });

  it('matches a path and any tag', () => {
    const puller = createImagePuller(catalogue);
    expect(puller.pull('a', 'registry.k8s.io/x/y:1', 'Always').ok).toBe(true);
    expect(puller.pull('a', 'grafana/loki:3.1', 'Always').ok).toBe(true);
    expect(puller.pull('a', 'grafana/lokiX:3.1', 'Always').ok).toBe(false);
  });
});

import { embeddedImages } from './images';
import { parseImage } from './kubelet/images';

const context = {
  bindAddress: '127.244.1.5',
  podIP: '10.244.1.5',
  nodeName: 'node',
  namespace: 'quant',
  podName: 'pod',
  containerName: 'vllm',
  proxyUrl: 'http://127.0.0.1:4000',
  cpuThreads: 2,
  gpu: false,
};

describe('embeddedImages', () => {
  const images = embeddedImages({
    imagesDir: '/images',
    modelFile: '/models/small.gguf',
    threads: 2,
  });
  const find = (name: string) => images.find(parseImage(name));

  it.each([
    'vllm/vllm-openai:v0.11.0',
    'public.ecr.aws/q9t5s3a7/vllm-cpu-release-repo:v0.11.0',
  ])('runs %s as the model server on the pod’s own address', name => {
    const image = find(name);
    if (image?.kind !== 'run') {
      throw new Error('expected a program');
    }
    expect(image.entrypoint).toEqual([
      process.execPath,
      '/images/model-server/main.cjs',
    ]);
    expect(image.env?.(context)).toEqual({
      LLMP_BIND_ADDRESS: '127.244.1.5',
      LLMP_MODEL_FILE: '/models/small.gguf',
      LLMP_THREADS: '2',
    });
    expect(
      image.simulated?.(['--model', 'TheBloke/Mistral-7B-Instruct-v0.2-AWQ']),
    ).toMatch(/SmolLM2/);
    expect(
      image.simulated?.(['--model', 'HuggingFaceTB/SmolLM2-135M-Instruct']),
    ).toBeUndefined();
  });

  it('takes vLLM’s own command lines, and no other program', () => {
    const image = find('vllm/vllm-openai:v0.11.0');
    if (image?.kind !== 'run') {
      throw new Error('expected a program');
    }
    expect(image.command?.(['vllm', 'serve', 'org/model'])).toEqual([
      ...image.entrypoint,
      'org/model',
    ]);
    expect(
      image.command?.([
        'python3',
        '-m',
        'vllm.entrypoints.openai.api_server',
        '--model=m',
      ]),
    ).toEqual([...image.entrypoint, '--model=m']);
    expect(image.command?.(['bash', '-c', 'true'])).toBeUndefined();
  });

  it.each([
    ['--quantization=fp8'],
    ['-q', 'fp8'],
    ['--enable-lora', '--lora-modules', 'a=org/a'],
  ])('shows that %j alters what the model says', (...flags) => {
    const image = find('vllm/vllm-openai:v0.11.0');
    if (image?.kind !== 'run') {
      throw new Error('expected a program');
    }
    expect(
      image.simulated?.([
        '--model=HuggingFaceTB/SmolLM2-135M-Instruct',
        ...flags,
      ]),
    ).toMatch(/variants and adapters of SmolLM2/);
  });

  it('shows the add-ons without running them', () => {
    expect(find('nvcr.io/nvidia/k8s-device-plugin:v0.17.1')).toMatchObject({
      kind: 'simulated',
    });
    expect(find('registry.k8s.io/pause:3.10')?.kind).toBe('simulated');
  });

  it('knows no other image or tag', () => {
    expect(find('vllm/vllm-openai:latest')).toBeUndefined();
    expect(find('example.com/model:1')).toBeUndefined();
  });
});

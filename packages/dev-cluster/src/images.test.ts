import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
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

  it('runs Prometheus on the pod’s own address, once it has been compiled', () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'llmp-prometheus-'));
    const image = embeddedImages({ prometheusDir: directory, threads: 2 }).find(
      parseImage('prom/prometheus:v3.14.0'),
    );
    if (image?.kind !== 'run') {
      throw new Error('expected a program');
    }
    expect(image.awaits?.()).toMatch(/is being compiled/);
    writeFileSync(path.join(directory, '.complete'), '');
    expect(image.awaits?.()).toBeUndefined();
    rmSync(directory, { recursive: true });

    expect(image.entrypoint).toEqual([path.join(directory, 'prometheus')]);
    expect(image.args?.(['--storage.tsdb.path=/prometheus'], context)).toEqual([
      '--storage.tsdb.path=/prometheus',
      '--web.listen-address=127.244.1.5:9090',
    ]);
    expect(
      image.args?.(['--web.listen-address=0.0.0.0:9999'], context),
    ).toEqual(['--web.listen-address=127.244.1.5:9999']);
    expect(image.env?.(context)).toMatchObject({
      HTTPS_PROXY: 'http://127.0.0.1:4000',
    });
  });

  it('knows the Prometheus that it compiles, and no other release', () => {
    const tags = readFileSync(
      path.join(__dirname, '../../platform/base/kustomization.yaml'),
      'utf8',
    );
    const [, tag] = /prom\/prometheus\n\s+newTag: (\S+)/.exec(tags) ?? [];
    const goMod = readFileSync(
      path.join(__dirname, '../../platform/tools/prometheus/go.mod'),
      'utf8',
    );
    const [, number, patch] =
      /prometheus\/prometheus v0\.(\d+)\.(\d+)/.exec(goMod) ?? [];
    expect(tag).toBe(
      `v${Math.floor(Number(number) / 100)}.${Number(number) % 100}.${patch}`,
    );
    const catalogue = embeddedImages({ prometheusDir: '/x', threads: 2 });
    expect(catalogue.find(parseImage(`prom/prometheus:${tag}`))).toBeDefined();
    expect(catalogue.find(parseImage('prom/prometheus:v2.0.0'))).toBe(
      undefined,
    );
  });

  it('plays the exporters whose metrics the platform reads', () => {
    expect(
      find('nvcr.io/nvidia/k8s/dcgm-exporter:4.2.3-4.1.3-ubuntu22.04'),
    ).toMatchObject({ kind: 'simulated', exporter: 'dcgm' });
    expect(
      find('registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.17.0'),
    ).toMatchObject({ kind: 'simulated', exporter: 'kube-state' });
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

import path from 'node:path';
import { platformStoreDir } from './bundles';
import { ImageStore, runImage } from './image-store';
import { prometheusImage } from './prometheus';
import {
  CatalogueImage,
  ExporterName,
  ImageCatalogue,
  ImageRunContext,
  RunnableImage,
  createImageCatalogue,
} from './kubelet/images';

/** Images of the platform that run nowhere here but belong to its picture. */
const SHOWN_ONLY: Record<string, string> = {
  'nvcr.io/nvidia/k8s-device-plugin:*': 'NVIDIA device plugin',
  'public.ecr.aws/ebs-csi-driver/*': 'EBS CSI driver',
  'public.ecr.aws/csi-components/*': 'EBS CSI driver',
  'public.ecr.aws/eks-distro/kubernetes-csi/*': 'EBS CSI driver',
  'registry.k8s.io/*': 'Kubernetes component',
  'grafana/grafana:*': 'Grafana',
  'grafana/loki:*': 'Loki',
  'grafana/tempo:*': 'Tempo',
  'quay.io/prometheus/*': 'Prometheus',
  'otel/opentelemetry-collector:*': 'OpenTelemetry Collector',
  'otel/opentelemetry-collector-contrib:*': 'OpenTelemetry Collector',
  'ghcr.io/open-telemetry/opentelemetry-collector-releases/*':
    'OpenTelemetry Collector',
};

/** Images whose metrics the node agent serves in their place. */
const PLAYED: Record<string, { simulated: string; exporter: ExporterName }> = {
  'nvcr.io/nvidia/k8s/dcgm-exporter:*': {
    simulated: 'DCGM exporter',
    exporter: 'dcgm',
  },
  'registry.k8s.io/kube-state-metrics/*': {
    simulated: 'kube-state-metrics',
    exporter: 'kube-state',
  },
};

/** The release that packages/platform/tools/prometheus compiles. */
const PROMETHEUS = 'prom/prometheus:v3.14.0';

/** @public */
export interface EmbeddedImagesOptions {
  /** Where the bundles are; without it the platform's own images don't run. */
  imagesDir?: string;
  /** Images that were built for this cluster; they go before all others. */
  store?: ImageStore;
  modelFile?: string;
  /** Where Prometheus is, or will be once it has been compiled. */
  prometheusDir?: string;
  /** Cores of this machine. */
  threads: number;
}

/** The images that the embedded cluster can run or show. @public */
export function embeddedImages(options: EmbeddedImagesOptions): ImageCatalogue {
  const images: Record<string, CatalogueImage> = {};
  if (options.imagesDir !== undefined) {
    const vllm = modelServer(options.imagesDir, options);
    images['vllm/vllm-openai:v0.11.0'] = vllm;
    images['public.ecr.aws/q9t5s3a7/vllm-cpu-release-repo:v0.11.0'] = vllm;
  }
  if (options.prometheusDir !== undefined) {
    images[PROMETHEUS] = prometheusImage(options.prometheusDir);
  }
  for (const [pattern, played] of Object.entries(PLAYED)) {
    images[pattern] = { kind: 'simulated', ...played };
  }
  for (const [pattern, title] of Object.entries(SHOWN_ONLY)) {
    images[pattern] = { kind: 'simulated', simulated: title };
  }
  const known = createImageCatalogue(images);
  const stores = [
    options.store,
    options.imagesDir && new ImageStore(platformStoreDir(options.imagesDir)),
  ].filter(store => store instanceof ImageStore);
  return {
    find(reference) {
      for (const store of stores) {
        const image = store.find(reference);
        if (image) {
          return runImage(image);
        }
      }
      return known.find(reference);
    },
  };
}

/** The one model whose answers are its own. */
const OWN_MODEL = 'HuggingFaceTB/SmolLM2-135M-Instruct';

/** vLLM's flags that make another model of the one named. */
const ALTERS_ANSWERS = /^(--quantization|-q|--lora[-_]modules)(=|$)/;

function modelServer(
  imagesDir: string,
  options: EmbeddedImagesOptions,
): RunnableImage {
  const entrypoint = [
    process.execPath,
    path.join(imagesDir, 'model-server', 'main.cjs'),
  ];
  return {
    kind: 'run',
    entrypoint,
    command: command => {
      const rest = withoutVllm(command);
      return rest && [...entrypoint, ...rest];
    },
    env: (context: ImageRunContext) => ({
      LLMP_BIND_ADDRESS: context.bindAddress,
      LLMP_THREADS: String(context.cpuThreads),
      ...(context.gpu ? { LLMP_GPU: 'Tesla T4' } : {}),
      ...(options.modelFile === undefined
        ? {}
        : { LLMP_MODEL_FILE: options.modelFile }),
    }),
    simulated: args => {
      const own = args.some(arg => arg.endsWith(OWN_MODEL));
      const altered = args.some(arg => ALTERS_ANSWERS.test(arg));
      if (own) {
        return altered ? 'variants and adapters of SmolLM2-135M' : undefined;
      }
      return 'answers by SmolLM2-135M';
    },
  };
}

/** vLLM's own ways to start its server, as a pod's `command` may have them. */
const VLLM_COMMANDS = [
  ['vllm', 'serve'],
  ['python3', '-m', 'vllm.entrypoints.openai.api_server'],
  ['python', '-m', 'vllm.entrypoints.openai.api_server'],
];

function withoutVllm(command: string[]): string[] | undefined {
  const known = VLLM_COMMANDS.find(words =>
    words.every((word, i) => command[i] === word),
  );
  return known && command.slice(known.length);
}

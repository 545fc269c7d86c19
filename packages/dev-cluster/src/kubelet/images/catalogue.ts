import { ImageReference } from './reference';

/** What an image's program is told about where it runs. @public */
export interface ImageRunContext {
  /** Loopback address that stands for the pod's IP. */
  bindAddress: string;
  /** The pod's IP as the cluster sees it. */
  podIP: string;
  nodeName: string;
  namespace: string;
  podName: string;
  containerName: string;
  /** The proxy that leads to the cluster's pods and Services. */
  proxyUrl: string;
  /** Cores that one model may use. */
  cpuThreads: number;
  /** Whether the container has been given a GPU. */
  gpu: boolean;
}

/** A program that stands in for an image and runs as a local process. @public */
export interface RunnableImage {
  kind: 'run';
  /** Program and its first arguments, where the pod gives no `command`. */
  entrypoint: string[];
  /** Arguments where the pod gives neither `command` nor `args`. */
  defaultArgs?: string[];
  /**
   * What the pod's own `command` starts. Without it, or where it returns
   * undefined, the program isn't in the image, as a container runtime would
   * say.
   */
  command?(command: string[]): string[] | undefined;
  /** The arguments as the program takes them, to listen on the pod's address alone. */
  args?(args: string[], context: ImageRunContext): string[];
  /**
   * Why the image can't be had yet, as long as that is so: its container
   * waits, as during a long pull, and starts by itself.
   */
  awaits?(): string | undefined;
  /** Variables that the image brings; the pod's own win. */
  env?(context: ImageRunContext): Record<string, string>;
  /** Where the image's own files are. */
  rootDir?: string;
  /** Its working directory, as a path in the image. */
  workingDir?: string;
  /** What its content is called, where that is known. */
  digest?: string;
  /** What isn't real about a container with these arguments; goes into the pod's annotation. */
  simulated?(args: string[]): string | undefined;
}

/** An exporter of metrics that the agent plays itself. @public */
export type ExporterName = 'dcgm' | 'kube-state';

/** An image that is known and shown Running, without any process. @public */
export interface SimulatedImage {
  kind: 'simulated';
  /** What the pod's annotation `llm-platform.dev/simulated` says. */
  simulated: string;
  /** Whose metrics the agent serves on the pod's address. */
  exporter?: ExporterName;
}

/** @public */
export type CatalogueImage = RunnableImage | SimulatedImage;

/** The images that can be "pulled". @public */
export interface ImageCatalogue {
  find(reference: ImageReference): CatalogueImage | undefined;
}

/**
 * A catalogue from patterns: `vllm/vllm-openai:v0.11.0`, or
 * `registry.k8s.io/*` for everything below a path, or `name:*` for any tag.
 * The first that matches wins.
 *
 * @public
 */
export function createImageCatalogue(
  entries: Record<string, CatalogueImage>,
): ImageCatalogue {
  const patterns = Object.entries(entries).map(([pattern, image]) => ({
    matches: toMatcher(pattern),
    image,
  }));
  return {
    find: reference => patterns.find(p => p.matches(reference))?.image,
  };
}

function toMatcher(pattern: string): (reference: ImageReference) => boolean {
  const colon = pattern.lastIndexOf(':');
  const hasTag = colon > pattern.lastIndexOf('/');
  const tag = hasTag ? pattern.slice(colon + 1) : '*';
  const path = qualify(hasTag ? pattern.slice(0, colon) : pattern);
  return ({ repository, tag: asked, digest }) => {
    const right = path.endsWith('/*')
      ? repository.startsWith(path.slice(0, -1))
      : repository === path;
    // A digest names an exact image, which a catalogue of tags can't know.
    return right && (tag === '*' || (asked === tag && digest === undefined));
  };
}

function qualify(path: string): string {
  const slash = path.indexOf('/');
  if (slash < 0) {
    return `docker.io/library/${path}`;
  }
  const first = path.slice(0, slash);
  return /[.:]/.test(first) || first === 'localhost'
    ? path
    : `docker.io/${path}`;
}

/** A container image's name, taken apart. @public */
export interface ImageReference {
  /** What the pod asks for, with the default tag where it named none. */
  name: string;
  /** Fully qualified: `docker.io/library/busybox`. */
  repository: string;
  tag?: string;
  digest?: string;
}

/** A name that the kubelet would refuse as well. @public */
export class InvalidImageNameError extends Error {
  constructor(readonly detail: string, image: string) {
    super(`couldn't parse image name "${image}": ${detail}`);
    this.name = 'InvalidImageNameError';
  }
}

const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const DOMAIN =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::[0-9]+)?$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST =
  /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const MAX_NAME = 255;
const DEFAULT_DOMAIN = 'docker.io';

/**
 * Reads an image name by the rules of the distribution reference grammar.
 * Throws {@link InvalidImageNameError} with its words.
 *
 * @public
 */
export function parseImage(image: string): ImageReference {
  const invalid = (detail: string) => new InvalidImageNameError(detail, image);
  if (image === '') {
    throw invalid('invalid reference format');
  }
  let rest = image;
  let digest: string | undefined;
  const at = rest.indexOf('@');
  if (at >= 0) {
    digest = rest.slice(at + 1);
    rest = rest.slice(0, at);
    if (!DIGEST.test(digest)) {
      throw invalid('invalid reference format');
    }
  }
  let tag: string | undefined;
  const colon = rest.lastIndexOf(':');
  if (colon > rest.lastIndexOf('/')) {
    tag = rest.slice(colon + 1);
    rest = rest.slice(0, colon);
    if (!TAG.test(tag)) {
      throw invalid('invalid reference format');
    }
  }

  const slash = rest.indexOf('/');
  const first = slash < 0 ? '' : rest.slice(0, slash);
  const hasDomain =
    /[.:]/.test(first) ||
    first === 'localhost' ||
    first !== first.toLowerCase();
  const domain =
    hasDomain && first !== 'index.docker.io' ? first : DEFAULT_DOMAIN;
  let path = hasDomain ? rest.slice(slash + 1) : rest;
  if (domain === DEFAULT_DOMAIN && !path.includes('/')) {
    path = `library/${path}`;
  }
  if (path !== path.toLowerCase()) {
    throw invalid(
      `invalid reference format: repository name (${path}) must be lowercase`,
    );
  }
  if (
    !DOMAIN.test(domain) ||
    !path.split('/').every(part => COMPONENT.test(part))
  ) {
    throw invalid('invalid reference format');
  }
  const repository = `${domain}/${path}`;
  if (repository.length > MAX_NAME) {
    throw invalid('repository name must not be more than 255 characters');
  }
  const withTag = tag === undefined && digest === undefined;
  return {
    name: withTag ? `${image}:latest` : image,
    repository,
    tag: withTag ? 'latest' : tag,
    digest,
  };
}

/** What containerd calls an image: `docker.io/library/busybox:latest`. @public */
export function canonicalImage(reference: ImageReference): string {
  const { repository, tag, digest } = reference;
  return `${repository}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
}

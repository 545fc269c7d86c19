import { UserError } from './errors.mjs';

/** Words that stand for something nobody filled in (incident 19). */
const PLACEHOLDER =
  /account[-_]?id|registry[-_]?(url|host|name)?$|^registry\b|<|>|[${}]|example\.(com|org|net)|your[-_.]|placeholder|change[-_]?me|todo|\b(0{12}|123456789012)\b/i;

const HOST =
  /^(?:localhost|[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+)(?::[0-9]+)?$/;
const PATH = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^[a-z0-9][a-z0-9._-]{0,127}$/;

/**
 * The commands that build and push the platform's images, and those that make
 * an overlay deploy them. The tags are said once, by the manifests, and the
 * registry once, by their settings.
 *
 * @param {{registry: string, overlay?: string, images: Array<{service: string, name: string, tag: string}>, portalTag: string}} options
 * @returns {string[]} lines for a shell, from the root of the repository
 */
export function imagesPlan({ registry, overlay = 'dev', images, portalTag }) {
  checkRegistry(registry);
  images.forEach(({ name, tag }) => checkTag(name, tag));
  checkTag('the portal', portalTag);
  const remote = ({ service, tag }) => `${registry}/${service}:${tag}`;
  const build = (dockerfile, image, context) => [
    `docker build --platform linux/amd64 -f ${dockerfile} -t ${image} ${context}`,
    `docker push ${image}`,
  ];
  return [
    '# Build and push, from the root of the repository',
    ...images.flatMap(image => [
      `yarn workspace @llm-platform/${image.service} build`,
      ...build(
        `services/${image.service}/Dockerfile`,
        remote(image),
        'services',
      ),
    ]),
    'yarn workspace app build',
    'yarn workspace backend build',
    ...build(
      'packages/backend/Dockerfile',
      remote({ service: 'portal', tag: portalTag }),
      '.',
    ),
    '',
    '# Deploy, with this in packages/platform/settings/settings.yaml:',
    `#   registry: ${registry}`,
    `kubectl apply -k packages/platform/overlays/${overlay} --server-side`,
  ];
}

/** Throws for a registry that no image could be pushed to or pulled from. */
export function checkRegistry(registry) {
  const refuse = (why, remedy) =>
    new UserError(`--registry ${registry}: ${why}.`, remedy);
  if (PLACEHOLDER.test(registry)) {
    throw refuse(
      'this is a placeholder',
      'Fill in your own, for example 388691194728.dkr.ecr.us-west-2.amazonaws.com/llm-platform',
    );
  }
  if (registry.includes('://')) {
    throw refuse('an image name has no scheme', 'Leave https:// out');
  }
  if (registry !== registry.toLowerCase()) {
    throw refuse('an image name must be lower-case', registry.toLowerCase());
  }
  const [host, ...path] = registry.split('/');
  if (!HOST.test(host)) {
    throw refuse(
      'it does not begin with the host of a registry',
      'For Docker Hub: docker.io/NAME',
    );
  }
  if (!path.every(part => PATH.test(part))) {
    throw refuse('this is no name of a repository');
  }
}

/** Throws for a tag that doesn't name one build. */
export function checkTag(name, tag) {
  const refuse = why =>
    new UserError(
      `The tag of ${name} is ${JSON.stringify(tag)}: ${why}.`,
      'It is set in packages/platform/base/kustomization.yaml, images, newTag',
    );
  if (typeof tag !== 'string' || tag === '') {
    throw refuse('it must be a text in quotes');
  }
  if (PLACEHOLDER.test(tag)) {
    throw refuse('this is a placeholder');
  }
  if (/(^|[-_.])latest$/i.test(tag)) {
    throw refuse('it names whatever was pushed last, not one build');
  }
  if (!TAG.test(tag)) {
    throw refuse(
      'it must be of lower-case letters, digits, ".", "_" and "-", at most 128',
    );
  }
}

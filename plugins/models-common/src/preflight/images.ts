/** What is wrong with an image name; `undefined` = nothing. Incidents 17, 19 and 20. */
export function imageProblem(
  image: string,
): { message: string; remedy: string } | undefined {
  const placeholder =
    /\$\{[^}]*\}|<[^>]*>|\{\{.*\}\}/.exec(image)?.[0] ??
    /(?:^|[/.:])([A-Z][A-Z0-9]*_[A-Z0-9_]+)/.exec(image)?.[1];
  if (placeholder) {
    return {
      message: `"${image}" still contains the placeholder ${placeholder}`,
      remedy: 'Put the real value in its place.',
    };
  }
  const [, repository, tag, digest] =
    /^([^@]*?)(?::([^:/@]+))?(@sha256:[0-9a-f]{64})?$/.exec(image) ?? [];
  if (!repository) {
    return {
      message: `"${image}" is no image name`,
      remedy: 'Write it as registry/repository:tag.',
    };
  }
  // Only the registry's host (before the first slash) may have upper case.
  const path = repository
    .split('/')
    .slice(-1 * Math.max(1, repository.split('/').length - 1))
    .join('/');
  if (path !== path.toLowerCase()) {
    return {
      message: `"${image}" has upper-case letters in its repository`,
      remedy: 'A repository is lower case.',
    };
  }
  if (!digest && (tag === undefined || tag === 'latest')) {
    return {
      message: `"${image}" has no fixed tag: what runs would change by itself`,
      remedy: 'Pin a version.',
    };
  }
  return undefined;
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { repoDir } from './paths.mjs';

const PREFIX = 'llm-platform/';

/**
 * The platform's images as kustomize deploys them: the one place that has
 * their tags, for building and for deploying (incident 20).
 *
 * @returns {Array<{service: string, name: string, tag: string}>}
 */
export function readPinnedImages(
  file = path.join(repoDir, 'packages/platform/base/kustomization.yaml'),
) {
  const { images = [] } = parse(readFileSync(file, 'utf8'));
  return images
    .filter(({ name }) => name.startsWith(PREFIX))
    .map(({ name, newTag }) => ({
      service: name.slice(PREFIX.length),
      name,
      tag: newTag,
    }));
}

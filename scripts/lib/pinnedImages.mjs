import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { repoDir } from './paths.mjs';

const PREFIX = 'llm-platform/';
const PORTAL = 'llm-platform-portal/portal';
const PINS = path.join(repoDir, 'packages/platform/base/kustomization.yaml');

/**
 * The platform's images as kustomize deploys them: the one place that has
 * their tags, for building and for deploying (incident 20).
 *
 * @returns {Array<{service: string, name: string, tag: string}>}
 */
export function readPinnedImages() {
  return readPins()
    .filter(({ name }) => name.startsWith(PREFIX))
    .map(({ name, newTag }) => ({
      service: name.slice(PREFIX.length),
      name,
      tag: newTag,
    }));
}

/** The tag of the portal's own image, which is no service's. */
export function readPortalTag() {
  return readPins().find(({ name }) => name === PORTAL)?.newTag;
}

function readPins() {
  return parse(readFileSync(PINS, 'utf8')).images ?? [];
}

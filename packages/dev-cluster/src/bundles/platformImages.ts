import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

/** An image of the platform's own services. */
export interface PlatformImage {
  /** The service's folder below `services/`. */
  service: string;
  /** As the manifests call it. */
  name: string;
  tag: string;
}

/** What pushes and deploys alike: kustomize's list of images (incident 20). */
const PINS = 'packages/platform/base/kustomization.yaml';
const PREFIX = 'llm-platform/';

/** The platform's own images and the tags that the manifests give them. */
export function readPlatformImages(repoDir: string): PlatformImage[] {
  const { images = [] } = parse(
    readFileSync(path.join(repoDir, PINS), 'utf8'),
  ) as { images?: Array<{ name: string; newTag: string }> };
  return images
    .filter(({ name }) => name.startsWith(PREFIX))
    .map(({ name, newTag }) => ({
      service: name.slice(PREFIX.length),
      name,
      tag: newTag,
    }));
}

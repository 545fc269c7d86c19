import {
  renderServiceManifests,
  type KubernetesObject,
  type TeamServiceSpec,
} from '@llm-platform/plugin-models-common';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { stringify } from 'yaml';

/** Where the kit is in a repository. */
export const KIT_FOLDER = 'vendor/service-kit';
const MANIFESTS_FOLDER = 'k8s';
/** What of the kit's package.json means something outside this repository. */
const MANIFEST_FIELDS = [
  'name',
  'version',
  'private',
  'description',
  'license',
  'type',
  'main',
  'types',
  'sideEffects',
  'exports',
  'typesVersions',
  'dependencies',
];

/** Its source without its own tests. */
function isPartOfKit(path: string): boolean {
  return !/\.test\.tsx?$/.test(basename(path));
}

/**
 * Copies the service kit into a repository, as source: it is small, readable and typed as it is, needs no registry of
 * packages, and its own dependencies are installed like any others. A newer kit is a newer copy.
 */
export async function addKit(
  workspace: string,
  options: { kit: string },
): Promise<void> {
  const target = join(workspace, KIT_FOLDER);
  await mkdir(target, { recursive: true });
  await cp(join(options.kit, 'src'), join(target, 'src'), {
    recursive: true,
    filter: isPartOfKit,
  });
  const manifest = JSON.parse(
    await readFile(join(options.kit, 'package.json'), 'utf8'),
  ) as Record<string, unknown>;
  const kept = Object.fromEntries(
    MANIFEST_FIELDS.filter(field => field in manifest).map(field => [
      field,
      manifest[field],
    ]),
  );
  await writeFile(
    join(target, 'package.json'),
    `${JSON.stringify(kept, undefined, 2)}\n`,
  );
}

/**
 * Writes the service's objects as they are applied, for kustomize. The tag stands in one place: the workflow that pushes
 * the image reads it there.
 */
export async function addManifests(
  workspace: string,
  spec: TeamServiceSpec,
): Promise<void> {
  const folder = join(workspace, MANIFESTS_FOLDER);
  await mkdir(folder, { recursive: true });
  const { repository, tag } = splitImage(spec.spec.image);
  const objects = renderServiceManifests(spec);
  for (const object of objects) {
    await writeYaml(join(folder, fileOf(object)), object);
  }
  await writeYaml(join(folder, 'kustomization.yaml'), {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: objects.map(fileOf),
    images: [{ name: repository, newTag: tag }],
  });
}

function fileOf({ kind }: KubernetesObject): string {
  return `${kind.replace(/(?<=[a-z])[A-Z]/g, '-$&').toLowerCase()}.yaml`;
}

function splitImage(image: string): { repository: string; tag: string } {
  const colon = image.lastIndexOf(':');
  return { repository: image.slice(0, colon), tag: image.slice(colon + 1) };
}

async function writeYaml(path: string, value: unknown): Promise<void> {
  await writeFile(path, stringify(value, { lineWidth: 0 }));
}

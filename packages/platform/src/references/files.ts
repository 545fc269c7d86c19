import path from 'node:path/posix';
import { parse } from 'yaml';
import type { Problem } from './problem';

const KUSTOMIZATION = 'kustomization.yaml';

/** The files of a directory tree, by their path from its root, `/` between names. @public */
export type FileTree = ReadonlyMap<string, string>;

/**
 * Every file is used exactly once: named by one kustomization, and that one
 * reached from an overlay (incident 17); and whatever is named exists
 * (incident 18). A kustomization itself may serve several overlays.
 *
 * @public
 */
export function checkFiles(
  files: FileTree,
  options: {
    /** Directories where rendering begins. */
    roots: string[];
    /** Files that something else than kustomize reads. */
    ignored(file: string): boolean;
  },
): Problem[] {
  const problems: Problem[] = [];
  const usedBy = new Map<string, string[]>();
  const visited = new Set<string>();

  const visit = (dir: string) => {
    const file = path.join(dir, KUSTOMIZATION);
    if (visited.has(file)) {
      return;
    }
    visited.add(file);
    for (const name of namesIn(files.get(file) ?? '')) {
      const target = path.join(dir, name);
      if (files.has(path.join(target, KUSTOMIZATION))) {
        visit(target);
      } else if (files.has(target)) {
        usedBy.set(target, [...(usedBy.get(target) ?? []), file]);
      } else {
        problems.push({
          at: file,
          message: `names ${name}, which is not there. Take the line out, or bring the file back`,
        });
      }
    }
  };
  options.roots.forEach(visit);

  for (const file of files.keys()) {
    const users = usedBy.get(file) ?? [];
    if (visited.has(file) || options.ignored(file)) {
      continue;
    }
    if (users.length === 0) {
      problems.push({
        at: file,
        message:
          'is used by nobody: no overlay deploys it. Name it in a kustomization.yaml, or remove it',
      });
    } else if (users.length > 1) {
      problems.push({
        at: file,
        message: `is used ${users.length} times, by ${users.join(
          ' and ',
        )}. One of them is enough`,
      });
    }
  }
  return problems;
}

interface Named {
  path?: string;
}
interface Generator {
  files?: string[];
  envs?: string[];
}
interface Kustomization {
  resources?: string[];
  components?: string[];
  configurations?: string[];
  generators?: string[];
  transformers?: string[];
  patches?: Named[];
  replacements?: Named[];
  configMapGenerator?: Generator[];
  secretGenerator?: Generator[];
}

/** The files and directories that a kustomization.yaml names. */
function namesIn(text: string): string[] {
  const kustomization = (parse(text) ?? {}) as Kustomization;
  const {
    resources = [],
    components = [],
    configurations = [],
    generators = [],
    transformers = [],
    patches = [],
    replacements = [],
    configMapGenerator = [],
    secretGenerator = [],
  } = kustomization;
  return [
    ...resources,
    ...components,
    ...configurations,
    ...generators.filter(isFileName),
    ...transformers.filter(isFileName),
    ...[...patches, ...replacements].flatMap(entry =>
      entry.path === undefined ? [] : [entry.path],
    ),
    ...[...configMapGenerator, ...secretGenerator].flatMap(generator => [
      // KEY=FILE, or the file alone.
      ...(generator.files ?? []).map(entry => entry.replace(/^[^=]*=/, '')),
      ...(generator.envs ?? []),
    ]),
  ].filter(name => !/^https?:/.test(name));
}

/** Generators and transformers may be written in place, over several lines. */
function isFileName(entry: string): boolean {
  return !entry.includes('\n');
}

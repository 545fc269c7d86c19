import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import type { Rendered, RenderedObject } from './types';

const run = promisify(execFile);
const MAX_OUTPUT = 64 * 1024 * 1024;

/** kustomize refused a directory; the message is its own. @public */
export class RenderError extends Error {
  readonly name = 'RenderError';
}

/**
 * Renders a kustomize directory with the kustomize inside the cluster's own
 * kubectl, so that what is checked is what `kubectl apply -k` would send.
 * Throws a RenderError where kustomize refuses.
 *
 * @public
 */
export async function renderDirectory(options: {
  /** Path of kubectl. */
  kubectl: string;
  dir: string;
}): Promise<Rendered> {
  const { kubectl, dir } = options;
  const { stdout, stderr } = await run(kubectl, ['kustomize', dir], {
    maxBuffer: MAX_OUTPUT,
  }).catch(error => {
    throw new RenderError(String(error.stderr || error.message).trim());
  });
  return {
    dir,
    objects: parseObjects(stdout),
    warnings: stderr.split('\n').filter(line => line.trim() !== ''),
  };
}

/** Reads a stream of YAML documents. Throws on what is no Kubernetes object. @public */
export function parseObjects(text: string): RenderedObject[] {
  return parseAllDocuments(text).flatMap(document => {
    const [problem] = document.errors;
    if (problem) {
      throw problem;
    }
    const value: unknown = document.toJS();
    return value === null ? [] : [asObject(value)];
  });
}

function asObject(value: unknown): RenderedObject {
  const object = value as Partial<RenderedObject>;
  if (!object.apiVersion || !object.kind || !object.metadata?.name) {
    throw new Error(
      `This is no Kubernetes object (apiVersion, kind and metadata.name are needed): ${JSON.stringify(
        value,
      ).slice(0, 200)}`,
    );
  }
  return object as RenderedObject;
}

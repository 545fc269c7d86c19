import path from 'node:path';
import { UserError } from './errors.mjs';
import { cacheDir, repoDir } from './paths.mjs';
import { callTypeScript } from './typescript.mjs';

const MODULE_DIR = 'packages/dev-cluster';

/** Compiles the control plane into the cache, unless it is there. */
export async function buildControlPlane(children, node, report) {
  try {
    const result = await callTypeScript(children, node, {
      name: 'control-plane-build',
      file: `${MODULE_DIR}/src/build/controlPlane.ts`,
      fn: 'buildControlPlane',
      options: {
        moduleDir: path.join(repoDir, MODULE_DIR),
        cacheDir: cacheDir(),
        nice: true,
      },
      report,
    });
    if (!result.built) {
      report('Compiled already');
    }
    return result.binDir;
  } catch (error) {
    const text = error.tail ?? error.message;
    throw new UserError(
      `The control plane could not be compiled (go):\n${text}`,
      [
        /dial tcp|no such host|i\/o timeout|proxy\.golang\.org|TLS handshake|connection refused/.test(
          text,
        )
          ? 'It looks like a network problem: check the connection and "go env GOPROXY", then start again; what was compiled is kept.'
          : 'Start again when it is repaired; what was compiled is kept.',
        `The whole log: ${error.logFile}`,
      ].join('\n'),
    );
  }
}

/** Compiles Prometheus and its checker into the cache, unless they are there. */
export async function buildPrometheus(children, node, report) {
  try {
    return await callTypeScript(children, node, {
      name: 'prometheus-build',
      file: 'packages/platform/src/programs/build.ts',
      fn: 'buildPrometheus',
      options: {
        moduleDir: path.join(repoDir, 'packages/platform/tools/prometheus'),
        cacheDir: cacheDir(),
      },
      report,
    });
  } catch (error) {
    throw new UserError(
      `Prometheus could not be compiled (go):\n${error.tail ?? error.message}`,
      `Start again when it is repaired; what was compiled is kept. The whole log: ${error.logFile}`,
    );
  }
}

/** Gets the small model. Not having it is not fatal, but said. */
export async function getModelFile(children, node, report) {
  const result = await callTypeScript(children, node, {
    name: 'model-file',
    file: `${MODULE_DIR}/src/model-file/modelFile.ts`,
    fn: 'getModelFile',
    options: { cacheDir: cacheDir() },
    report,
  });
  report(
    result.file === undefined
      ? `Not to be had (${result.reason}): models will say so in every answer`
      : `${path.basename(result.file)} (${result.source})`,
  );
  return result.file;
}

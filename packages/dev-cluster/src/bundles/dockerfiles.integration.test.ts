import { ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Dockerfile, layOut, readDockerfile } from '../image-store';
import { findRepoDir } from '../repoDir';
import { readPlatformImages } from './platformImages';

const run = promisify(execFile);
const repoDir = findRepoDir();
const servicesDir = path.join(repoDir, 'services');

/** What the manifests tell each service, as far as it needs it to start. */
const SETTINGS: Record<string, (dir: string) => Record<string, string>> = {
  gateway: dir => ({ KUBECONFIG: writeKubeconfig(dir) }),
  'quant-api': () => teamService('quant'),
  'finetune-api': () => teamService('finetune'),
  'eval-api': dir => ({
    ...teamService('eval'),
    DATA_DIR: mkdtempSync(path.join(dir, 'data-')),
  }),
};

function teamService(team: string): Record<string, string> {
  // Nobody listens there: a model that is away is no reason not to start.
  return { TEAM: team, VLLM_BASE_URL: 'http://127.0.0.1:9' };
}

function writeKubeconfig(dir: string): string {
  const file = path.join(dir, 'kubeconfig.json');
  writeFileSync(
    file,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'c', cluster: { server: 'http://127.0.0.1:9' } }],
      users: [{ name: 'u', user: {} }],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
      'current-context': 'x',
    }),
  );
  return file;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const files = (dir: string) =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort();

/** Folders in which Node would look for a package from there. */
function searchPath(dir: string): string[] {
  const parent = path.dirname(dir);
  return [
    path.join(dir, 'node_modules'),
    ...(parent === dir ? [] : searchPath(parent)),
  ];
}

describe.each(readPlatformImages(repoDir).map(image => image.service))(
  'the image of %s',
  service => {
    let dir: string;
    let rootDir: string;
    let text: string;
    let dockerfile: Dockerfile;
    let child: ChildProcess | undefined;

    beforeAll(async () => {
      // As `yarn workspace … build` does.
      await run(process.execPath, ['build.mjs'], {
        cwd: path.join(servicesDir, service),
      });
      text = readFileSync(
        path.join(servicesDir, service, 'Dockerfile'),
        'utf8',
      );
      dockerfile = readDockerfile(text);
      dir = mkdtempSync(path.join(tmpdir(), 'llmp-image-'));
      rootDir = path.join(dir, 'rootfs');
      await layOut(dockerfile, { dir: servicesDir }, rootDir);
    });
    afterAll(() => {
      child?.kill('SIGKILL');
      rmSync(dir, { recursive: true, force: true });
    });

    it('holds the bundle and nothing else', () => {
      expect(files(rootDir)).toEqual(['app', 'app/main.cjs']);
      expect(searchPath(path.join(rootDir, 'app')).filter(existsSync)).toEqual(
        [],
      );
    });

    it('runs as a number that is not root', () => {
      expect(dockerfile.user).toMatch(/^[1-9]\d*$/);
    });

    it('starts from there and is healthy, writing nothing into it', async () => {
      const [port, metricsPort] = [await freePort(), await freePort()];
      const env = {
        PATH: path.dirname(process.execPath),
        ...dockerfile.env,
        ...SETTINGS[service](dir),
        PORT: String(port),
        METRICS_PORT: String(metricsPort),
        DRAIN_DELAY_SECONDS: '0',
      };
      const cwd = path.join(rootDir, dockerfile.workingDir);
      const [program, ...args] = [...dockerfile.entrypoint, ...dockerfile.cmd];
      const before = files(rootDir);
      const output: string[] = [];
      child = spawn(program, args, { cwd, env, stdio: 'pipe' });
      for (const stream of [child.stdout!, child.stderr!]) {
        stream.on('data', chunk => output.push(String(chunk)));
      }
      const ended = once(child, 'exit');
      const get = (where: string, at = port) =>
        fetch(`http://127.0.0.1:${at}${where}`);
      const deadline = Date.now() + 30_000;
      for (;;) {
        const answer = await get('/health').catch(() => undefined);
        if (answer?.ok) {
          break;
        }
        if (child.exitCode !== null || Date.now() > deadline) {
          throw new Error(`${service} did not come up:\n${output.join('')}`);
        }
        await sleep(100);
      }
      expect((await get('/startup')).status).toBe(200);
      expect((await get('/metrics', metricsPort)).status).toBe(200);

      const [health, ...healthArgs] = dockerfile.healthcheck!;
      const check = (where: Record<string, string>) =>
        run(health, healthArgs, { env: { ...env, ...where } });
      await check({});
      await expect(check({ PORT: '9' })).rejects.toMatchObject({ code: 1 });

      child.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
      expect(files(rootDir)).toEqual(before);
    });
  },
);

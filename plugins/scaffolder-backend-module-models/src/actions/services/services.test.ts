import {
  createMockDirectory,
  mockServices,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import git from 'isomorphic-git';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import fs from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { ModelsClient } from '../../client';
import type { TeamServicesConfig } from '../../services';
import { contextFor, errorBody } from '../__testUtils__';
import { createServiceActions } from '.';
import { createServiceWaitReadyAction } from './waitReady';
import { exampleService } from './spec.examples';

const BASE = 'http://models.test';
const SERVICES = `${BASE}/v1/services`;
const ONE = `${SERVICES}/embedded/quant/summaries`;
const KIT = resolve(__dirname, '../../../../../services/service-kit');
/** Stands for the program that keeps a cluster's images: writes down how it was called, and fails for one image. */
const BUILDER = `
const fs = require('node:fs');
const [log, verb, ...args] = process.argv.slice(2);
const folder = verb === 'build' ? args[0] : undefined;
fs.appendFileSync(log, JSON.stringify({
  verb, args: folder ? args.slice(1) : args,
  files: folder && fs.readdirSync(folder, { recursive: true }).sort(),
}) + '\\n');
if (args.join(' ').includes('broken')) { console.error('no space left'); process.exit(1); }
`;

const server = setupServer();
const client = ModelsClient.create({
  auth: mockServices.auth(),
  discovery: mockServices.discovery.mock({ getBaseUrl: async () => BASE }),
});

describe('the actions of team services', () => {
  registerMswTestHooks(server);
  const directory = createMockDirectory();
  let config: TeamServicesConfig;

  beforeEach(() => {
    directory.setContent({ workspace: {}, 'builder.cjs': BUILDER });
    config = {
      kit: KIT,
      repositories: directory.resolve('repositories'),
      imageBuilders: new Map([
        [
          'embedded',
          [
            process.execPath,
            directory.resolve('builder.cjs'),
            directory.resolve('calls'),
          ],
        ],
      ]),
    };
    server.use(
      http.post(`${SERVICES}/authorize`, () =>
        HttpResponse.json({ team: 'quant' }),
      ),
    );
  });

  const input = (change: object = {}) => ({
    cluster: 'embedded',
    spec: exampleService,
    ...change,
  });

  /** Runs the action of that id. */
  async function act(
    id: string,
    given: object = input(),
    options: { taskId?: string } & Record<string, unknown> = {},
  ) {
    const { taskId = 'task-1', ...rest } = options;
    const action = createServiceActions({ client, config }).find(
      candidate => candidate.id === id,
    )!;
    const run = contextFor(given, {
      workspacePath: directory.resolve('workspace'),
      task: { id: taskId },
      ...rest,
    });
    await (action.handler as (context: unknown) => Promise<void>)(run.context);
    return run;
  }

  function calls(): Array<{ verb: string; args: string[]; files?: string[] }> {
    const log = directory.resolve('calls');
    return fs.existsSync(log)
      ? fs
          .readFileSync(log, 'utf8')
          .trim()
          .split('\n')
          .map(line => JSON.parse(line))
      : [];
  }

  describe('services:preflight', () => {
    const report = (verdict: string) => ({
      verdict,
      checks: [
        { id: 'route', title: 'Route', verdict, message: 'taken', remedy: 'x' },
      ],
      changes: [],
      manifests: [],
    });

    it('puts out how the service is called in its source', async () => {
      server.use(
        http.post(`${SERVICES}/preflight`, async ({ request }) => {
          expect(await request.json()).toMatchObject({ runId: 'task-1' });
          return HttpResponse.json(report('pass'));
        }),
      );
      const spec = {
        ...exampleService,
        metadata: { ...exampleService.metadata, name: 'my-2nd-api' },
      };
      const { outputs } = await act('services:preflight', input({ spec }));
      expect(outputs).toEqual({
        verdict: 'pass',
        identifier: 'my2ndApi',
        repositoryName: 'quant-my-2nd-api',
      });
    });

    it('fails where a check blocks', async () => {
      server.use(
        http.post(`${SERVICES}/preflight`, () =>
          HttpResponse.json(report('block')),
        ),
      );
      await expect(act('services:preflight')).rejects.toThrow('Route: taken');
    });

    it('refuses a name whose repository is there, before anything is made', async () => {
      server.use(
        http.post(`${SERVICES}/preflight`, () =>
          HttpResponse.json(report('pass')),
        ),
      );
      const given = input({ localRepository: true });
      await act('services:preflight', given);
      await act('services:publish-local');
      // The run that has made it goes on; another one does not.
      await act('services:preflight', given);
      await expect(
        act('services:preflight', given, { taskId: 'task-2' }),
      ).rejects.toThrow("There is a repository 'quant-summaries' already");
    });
  });

  describe('services:content', () => {
    it('adds the kit as source, and the manifests with the tag in one place', async () => {
      await act('services:content');
      const workspace = directory.resolve('workspace');
      const kit = join(workspace, 'vendor/service-kit');
      expect(fs.existsSync(join(kit, 'src/index.ts'))).toBe(true);
      const files = fs.readdirSync(kit, { recursive: true }) as string[];
      expect(files.filter(name => name.endsWith('.test.ts'))).toEqual([]);
      const manifest = JSON.parse(
        fs.readFileSync(join(kit, 'package.json'), 'utf8'),
      );
      expect(manifest).toMatchObject({
        name: '@llm-platform/service-kit',
        dependencies: { fastify: expect.any(String) },
      });
      // What only this repository can resolve.
      expect(manifest).not.toHaveProperty('devDependencies');
      expect(manifest).not.toHaveProperty('scripts');
      const k8s = join(workspace, 'k8s');
      expect(fs.readdirSync(k8s).sort()).toEqual([
        'deployment.yaml',
        'kustomization.yaml',
        'service-account.yaml',
        'service.yaml',
      ]);
      expect(
        parse(fs.readFileSync(join(k8s, 'kustomization.yaml'), 'utf8')),
      ).toMatchObject({
        images: [{ name: 'llm-platform/quant/summaries', newTag: '0.1.0' }],
      });
    });
  });

  describe('services:build-image', () => {
    const skeleton = () => {
      // Small: what is tested is where things are found, not how long the real kit takes.
      config = { ...config, kit: directory.resolve('kit') };
      directory.addContent({
        kit: {
          'package.json': '{"name":"@llm-platform/service-kit"}',
          src: {
            'index.ts':
              "import { shout } from 'a-dependency';\nexport const runTeamService = shout;",
          },
          node_modules: {
            'a-dependency': { 'index.js': 'exports.shout = () => "loud";' },
          },
        },
        workspace: {
          Dockerfile: 'FROM node:22',
          'README.md': 'not part of the image',
          src: {
            'main.ts':
              "import { runTeamService } from '@llm-platform/service-kit';\nconsole.log(runTeamService);",
          },
        },
      });
    };

    it('bundles the service with its kit into one file, beside the content', async () => {
      skeleton();
      await act('services:content');
      const { outputs } = await act('services:build-image');
      expect(outputs).toEqual({ image: 'llm-platform/quant/summaries:0.1.0' });
      expect(calls()).toEqual([
        {
          verb: 'build',
          args: ['--tag', 'llm-platform/quant/summaries:0.1.0'],
          files: ['Dockerfile', 'dist', 'dist/main.cjs'],
        },
      ]);
      expect(fs.existsSync(directory.resolve('workspace/dist'))).toBe(false);
    });

    it('says what keeps it from being built', async () => {
      skeleton();
      await act('services:content');
      fs.writeFileSync(
        directory.resolve('workspace/src/main.ts'),
        "import './nowhere';",
      );
      await expect(act('services:build-image')).rejects.toThrow(
        /does not build.*nowhere/s,
      );
      expect(calls()).toEqual([]);
    });

    it('says what the program said that keeps the images', async () => {
      skeleton();
      await act('services:content');
      const spec = {
        ...exampleService,
        spec: { ...exampleService.spec, image: 'broken:1' },
      };
      await expect(
        act('services:build-image', input({ spec })),
      ).rejects.toThrow('no space left');
    });

    it('leaves it to the workflow where the cluster has a registry', async () => {
      const { outputs, lines } = await act(
        'services:build-image',
        input({ cluster: 'prod' }),
      );
      expect(outputs).toEqual({});
      expect(lines.join()).toContain('from its registry');
      expect(calls()).toEqual([]);
    });

    it('asks first whether the person may', async () => {
      skeleton();
      server.use(
        http.post(`${SERVICES}/authorize`, () =>
          HttpResponse.json(errorBody('NotAllowedError', 'Not allowed'), {
            status: 403,
          }),
        ),
      );
      await expect(act('services:build-image')).rejects.toThrow('Not allowed');
      await expect(act('services:publish-local')).rejects.toThrow(
        'Not allowed',
      );
      expect(calls()).toEqual([]);
      expect(fs.existsSync(config.repositories!)).toBe(false);
    });
  });

  describe('services:publish-local', () => {
    const user = {
      ref: 'user:default/mia',
      entity: { spec: { profile: { displayName: 'Mia' } } },
    };
    const gitdir = () => directory.resolve('repositories/quant-summaries.git');

    beforeEach(() => {
      directory.addContent({
        workspace: {
          'README.md': '# Hello',
          src: { 'main.ts': 'main' },
          dist: { 'main.cjs': 'built' },
          node_modules: { zod: { 'index.js': 'installed' } },
        },
      });
    });

    it('makes a bare repository with one commit of the person', async () => {
      const { outputs } = await act('services:publish-local', input(), {
        user,
      });
      expect(outputs.remoteUrl).toMatch(/^file:.*\/quant-summaries\.git$/);
      const log = await git.log({ fs, gitdir: gitdir(), ref: 'main' });
      expect(log.map(({ oid }) => oid)).toEqual([outputs.commit]);
      expect(log[0].commit.author).toMatchObject({ name: 'Mia' });
      expect(
        await git.listFiles({ fs, gitdir: gitdir(), ref: 'main' }),
      ).toEqual(['README.md', 'src/main.ts']);
      expect(
        await git.getConfig({ fs, gitdir: gitdir(), path: 'core.bare' }),
      ).toBe(true);
    });

    it('answers the same when the same run does it again', async () => {
      const first = await act('services:publish-local');
      const again = await act('services:publish-local');
      expect(again.outputs).toEqual(first.outputs);
    });

    it('never touches one that is there', async () => {
      const { outputs } = await act('services:publish-local');
      await expect(
        act('services:publish-local', input(), { taskId: 'task-2' }),
      ).rejects.toThrow('already');
      const [{ oid }] = await git.log({ fs, gitdir: gitdir(), ref: 'main' });
      expect(oid).toBe(outputs.commit);
    });

    it('leaves nothing where it can not read the content', async () => {
      fs.rmSync(directory.resolve('workspace'), { recursive: true });
      await expect(act('services:publish-local')).rejects.toThrow();
      expect(fs.readdirSync(config.repositories!)).toEqual([]);
    });

    it('says that there are none where none are configured', async () => {
      config = { ...config, repositories: undefined };
      await expect(act('services:publish-local')).rejects.toThrow(
        'choose GitHub or GitLab',
      );
    });
  });

  describe('services:apply', () => {
    it('sends the spec with its repository, and puts out where it is', async () => {
      server.use(
        http.post(SERVICES, async ({ request }) => {
          const body = (await request.json()) as Record<string, unknown>;
          expect(body).toMatchObject({
            cluster: 'embedded',
            runId: 'task-1',
            spec: { spec: { repository: 'https://github.com/a/b' } },
          });
          return HttpResponse.json({ ref: {}, revision: 1, changes: [] });
        }),
      );
      const { outputs } = await act(
        'services:apply',
        input({ repository: 'https://github.com/a/b' }),
      );
      expect(outputs).toEqual({
        entityRef: 'component:default/quant-summaries',
        route: 'quant',
        cluster: 'embedded',
        namespace: 'quant',
        name: 'summaries',
      });
    });
  });

  describe('services:wait-ready', () => {
    const wait = async (given: object = {}) => {
      const run = contextFor(input(given));
      const { handler } = createServiceWaitReadyAction({
        client,
        config,
        pollIntervalMs: 1,
        failingGraceMs: 5,
      });
      await (handler as (context: unknown) => Promise<void>)(run.context);
      return run;
    };
    const state = (of: string, findings: object[] = []) => ({
      state: of,
      replicas: { desired: 1, ready: of === 'Ready' ? 1 : 0 },
      findings,
    });

    it('waits until it is ready, over a model that is not seen yet', async () => {
      const answers = [
        () =>
          HttpResponse.json(errorBody('NotFoundError', 'not yet'), {
            status: 404,
          }),
        () => HttpResponse.json(state('Starting')),
        () => HttpResponse.json(state('Ready')),
      ];
      server.use(http.get(ONE, () => (answers.shift() ?? answers[0])()));
      const { lines } = await wait();
      expect(lines).toEqual([
        'Still waiting: not yet',
        'Starting (0 of 1 ready)',
        'Ready (1 of 1 ready)',
      ]);
    });

    it('fails with the finding', async () => {
      const finding = {
        severity: 'error',
        title: 'No image',
        explanation: 'It is not there.',
        remedy: 'Build it.',
      };
      server.use(
        http.get(ONE, () => HttpResponse.json(state('Failing', [finding]))),
      );
      await expect(wait()).rejects.toThrow(
        'It fails. No image: It is not there. Build it.',
      );
    });
  });

  describe('services:undo', () => {
    it('takes back objects, repository and image of this run', async () => {
      let query = '';
      server.use(
        http.delete(ONE, ({ request }) => {
          query = new URL(request.url).search;
          return HttpResponse.json({ deleted: ['Secret a/b'], leftovers: [] });
        }),
      );
      await act('services:publish-local');
      const { lines } = await act('services:undo', input({ image: 'a:1' }));
      expect(query).toBe('?onlyIfCreatedBy=task-1');
      expect(fs.readdirSync(config.repositories!)).toEqual([]);
      expect(calls()).toEqual([{ verb: 'rm', args: ['a:1'] }]);
      expect(lines).toEqual([
        'deleted: Secret a/b',
        'deleted: repository quant-summaries',
        'deleted: image a:1',
      ]);
    });

    it("leaves another run's alone, without a failure of its own", async () => {
      server.use(
        http.delete(ONE, () =>
          HttpResponse.json(errorBody('ConflictError', 'not yours'), {
            status: 409,
          }),
        ),
      );
      await act('services:publish-local');
      await act('services:undo', input(), { taskId: 'task-2' });
      expect(fs.readdirSync(config.repositories!)).toEqual([
        'quant-summaries.git',
      ]);
      expect(calls()).toEqual([]);
    });

    it('goes on with the rest where one part fails, and says what is left', async () => {
      server.use(
        http.delete(ONE, () =>
          HttpResponse.json(errorBody('Error', 'no answer'), { status: 503 }),
        ),
      );
      await act('services:publish-local');
      await expect(
        act('services:undo', input({ repository: 'https://github.com/a/b' })),
      ).rejects.toThrow(
        /Left over: service quant\/summaries \(no answer\), the repository https:\/\/github.com\/a\/b/,
      );
      expect(fs.readdirSync(config.repositories!)).toEqual([]);
    });
  });
});

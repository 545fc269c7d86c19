import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseImage } from '../kubelet/images';
import { ImageStore } from './imageStore';
import { runImage } from './runImage';

const DOCKERFILE =
  'FROM node:22\nWORKDIR /app\nCOPY api/dist/main.cjs ./main.cjs\nENV PORT=8000\nCMD ["node", "main.cjs"]\n';
const TAG = 'llm-platform/my-api:1.0';

describe('ImageStore', () => {
  let dir: string;
  let context: string;
  let store: ImageStore;
  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'llmp-images-'));
    context = path.join(dir, 'services');
    mkdirSync(path.join(context, 'api', 'dist'), { recursive: true });
    writeFileSync(path.join(context, 'api', 'dist', 'main.cjs'), 'one');
    writeFileSync(path.join(context, 'api', 'secret.txt'), 'not copied');
    store = new ImageStore(path.join(dir, 'store'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const build = (tag = TAG, dockerfile = DOCKERFILE) =>
    store.build({ dockerfile, context: { dir: context }, tag });
  const find = (name: string) => store.find(parseImage(name));
  const files = (root: string) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();

  it('holds exactly what the Dockerfile copies, under tag and digest', async () => {
    const { digest, rootDir } = await build();
    expect(files(rootDir)).toEqual(['app', 'app/main.cjs']);
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(find(TAG)?.digest).toBe(digest);
    expect(find(`llm-platform/my-api@${digest}`)?.rootDir).toBe(rootDir);
    expect(find('llm-platform/my-api:1.1')).toBeUndefined();
    expect(find('example.com/my-api:1.0')).toBeUndefined();
  });

  it('is named for its content, which a running one keeps', async () => {
    const first = await build();
    expect((await build('other/name:2')).digest).toBe(first.digest);
    writeFileSync(path.join(context, 'api', 'dist', 'main.cjs'), 'two');
    const second = await build();
    expect(second.digest).not.toBe(first.digest);
    expect(find(TAG)?.digest).toBe(second.digest);
    expect(readFileSync(`${first.rootDir}/app/main.cjs`, 'utf8')).toBe('one');
    const env = DOCKERFILE.replace('PORT=8000', 'PORT=9000');
    expect((await build(TAG, env)).digest).not.toBe(second.digest);
  });

  it('removes what has no tag any more', async () => {
    const first = await build();
    writeFileSync(path.join(context, 'api', 'dist', 'main.cjs'), 'two');
    const second = await build();
    await store.prune();
    expect(find(`llm-platform/my-api@${first.digest}`)).toBeUndefined();
    expect(find(TAG)?.digest).toBe(second.digest);
    expect(store.list()).toEqual([
      { tag: `docker.io/${TAG}`, digest: second.digest },
    ]);
    expect(await store.remove(TAG)).toBe(true);
    expect(await store.remove(TAG)).toBe(false);
    expect(find(TAG)).toBeUndefined();
  });

  it.each([
    ['without a tag', 'llm-platform/my-api', /a name and a tag/],
    ['in upper case', 'ACCOUNT_ID/my-api:1', /must be lowercase|invalid/],
  ])('refuses a name %s', async (_, tag, message) => {
    await expect(build(tag)).rejects.toThrow(message);
  });

  it('refuses a file that is not there, leaving nothing behind', async () => {
    const missing = DOCKERFILE.replace('main.cjs ./', 'other.cjs ./');
    await expect(build(TAG, missing)).rejects.toThrow(
      /"\/api\/dist\/other\.cjs": not found in the build context/,
    );
    expect(find(TAG)).toBeUndefined();
    expect(readdirSync(path.join(dir, 'store', 'blobs'))).toEqual([]);
  });

  it('runs in its own directory, on the pod’s address', async () => {
    const image = await build();
    const runnable = runImage(image);
    expect(runnable).toMatchObject({
      entrypoint: [],
      defaultArgs: ['node', 'main.cjs'],
      workingDir: '/app',
      rootDir: image.rootDir,
      digest: image.digest,
    });
    const env = runnable.env?.({ bindAddress: '127.244.1.5' } as never);
    expect(env).toMatchObject({ HOST: '127.244.1.5', PORT: '8000' });
    expect(env?.PATH.split(':')[0]).toBe(path.dirname(process.execPath));
    expect(runnable.command?.(['node', 'x'])).toEqual(['node', 'x']);
    expect(runnable.command?.(['bash', '-c', 'x'])).toBeUndefined();
  });
});

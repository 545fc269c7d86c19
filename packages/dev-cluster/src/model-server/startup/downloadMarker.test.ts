import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { downloadMarker } from './downloadMarker';

describe('downloadMarker', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'marker-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('remembers a download on the volume of the cache', async () => {
    const env = { HF_HOME: folder };
    const marker = downloadMarker('org/model', undefined, env);
    expect(await marker.exists()).toBe(false);
    await marker.write();
    expect(await marker.exists()).toBe(true);
    const other = downloadMarker('org/other', undefined, env);
    expect(await other.exists()).toBe(false);
  });

  it('stays in the folder whatever the model is called', async () => {
    const inside = path.join(folder, 'cache');
    await downloadMarker('../../x/..', inside, {}).write();
    expect(await readdir(folder)).toEqual(['cache']);
  });

  it('remembers nothing without a cache', async () => {
    const marker = downloadMarker('org/model', undefined, {});
    await marker.write();
    expect(await marker.exists()).toBe(false);
  });
});

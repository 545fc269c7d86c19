import { mkdir, symlink, unlink, utimes, writeFile } from 'fs/promises';
import path from 'path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { FileDashboards } from './FileDashboards';

describe('FileDashboards', () => {
  const directory = createMockDirectory();
  const dashboards = () => new FileDashboards(directory.path);
  const inside = (name: string) => path.join(directory.path, name);
  const titles = async (from = dashboards()) =>
    (await from.list()).items.map(({ summary }) => summary.title);

  it('reads a directory and its subdirectories, as folders', async () => {
    directory.setContent({
      'platform.json': JSON.stringify({
        uid: 'llm-platform',
        title: 'Platform',
        tags: ['llm'],
        panels: [],
      }),
      teams: { 'quant.json': JSON.stringify({ title: 'Quant' }) },
      'kustomization.yaml': 'resources: []',
      '.hidden': { 'x.json': '{}' },
    });
    const { items, problems } = await dashboards().list();
    expect(problems).toEqual([]);
    expect(items.map(({ summary }) => summary)).toEqual([
      {
        source: 'files',
        uid: 'llm-platform',
        title: 'Platform',
        tags: ['llm'],
        folder: undefined,
      },
      {
        source: 'files',
        uid: 'quant',
        title: 'Quant',
        tags: [],
        folder: 'teams',
      },
    ]);
    expect((await dashboards().get('llm-platform')).dashboard).toMatchObject({
      panels: [],
    });
  });

  it('names every file that can not be read, and reads the others', async () => {
    directory.setContent({
      'a.json': JSON.stringify({ uid: 'same', title: 'A' }),
      'b.json': JSON.stringify({ uid: 'same', title: 'B' }),
      'cut.json': '{"uid": "cut"',
      'list.json': '[]',
      'tags.json': JSON.stringify({ tags: 'no list' }),
      'big.json': `{"title":"Big","x":"${'x'.repeat(5_300_000)}"}`,
    });
    const { items, problems } = await dashboards().list();
    expect(items.map(({ summary }) => summary.title)).toEqual(['A']);
    expect(problems.map(({ message }) => message)).toEqual([
      'b.json has the uid "same" of another file.',
      expect.stringMatching(/^big\.json: is larger than 5 MiB/),
      expect.stringMatching(/^cut\.json: is no JSON/),
      expect.stringMatching(/^list\.json: is no dashboard/),
      expect.stringMatching(/^tags\.json: is no dashboard.*tags/s),
    ]);
    await expect(dashboards().get('cut')).rejects.toThrow(/cut\.json/);
  });

  it('notices a file that is changed, added or removed', async () => {
    directory.setContent({ 'a.json': JSON.stringify({ title: 'Old' }) });
    const kept = dashboards();
    expect(await titles(kept)).toEqual(['Old']);
    await writeFile(inside('a.json'), JSON.stringify({ title: 'New' }));
    await utimes(inside('a.json'), 1_000, 1_000);
    await writeFile(inside('b.json'), JSON.stringify({ title: 'More' }));
    expect(await titles(kept)).toEqual(['New', 'More']);
    await unlink(inside('a.json'));
    expect(await titles(kept)).toEqual(['More']);
  });

  it('follows links as a mounted ConfigMap has them, and names one to nothing', async () => {
    directory.clear();
    await mkdir(inside('..2026'));
    await writeFile(inside('..2026/a.json'), JSON.stringify({ title: 'A' }));
    await symlink('..2026', inside('..data'));
    await symlink('..data/a.json', inside('a.json'));
    await symlink('nowhere', inside('lost.json'));
    const { items, problems } = await dashboards().list();
    expect(items.map(({ summary }) => summary.uid)).toEqual(['a']);
    expect(problems).toEqual([
      { source: 'files', message: "lost.json: can't be read: ENOENT." },
    ]);
  });

  it('says that the directory is missing without naming where it should be', async () => {
    const missing = new FileDashboards(inside('missing'));
    expect(await missing.list()).toEqual({
      items: [],
      problems: [
        { source: 'files', message: "The directory can't be read: ENOENT." },
      ],
    });
  });
});

import {
  mkdir,
  mkdtemp,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfiguredRoutes, RouteTableError } from './ConfiguredRoutes';
import type { Route } from './Route';

const tableOf = (...names: string[]) =>
  JSON.stringify(names.map(route => ({ route, url: `http://${route}:8000` })));

/** Waits for events that come from the file system. */
class Heard {
  readonly events: Array<string[] | { problems: string[] }> = [];
  private wake = () => {};

  onRoutes(routes: Route[]) {
    this.events.push(routes.map(route => route.name));
    this.wake();
  }

  onRefused(problems: string[]) {
    this.events.push({ problems });
    this.wake();
  }

  async until(count: number) {
    while (this.events.length < count) {
      await new Promise<void>(resolve => {
        this.wake = resolve;
      });
    }
    return this.events;
  }
}

describe('ConfiguredRoutes', () => {
  let folder: string;
  let configured: ConfiguredRoutes | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'route-table-'));
  });

  afterEach(async () => {
    configured?.stop();
    await rm(folder, { recursive: true });
  });

  it('gives the routes of a text once', () => {
    const heard = new Heard();
    configured = ConfiguredRoutes.fromText(tableOf('quant', 'eval'));
    configured.start({
      onRoutes: routes => heard.onRoutes(routes),
      onRefused: problems => heard.onRefused(problems),
    });
    expect(heard.events).toEqual([['quant', 'eval']]);
  });

  it('refuses a bad text with every problem', () => {
    const read = () =>
      ConfiguredRoutes.fromText(
        '[{"route":"quant","url":"http://quant"},{"route":"eval","url":"tcp://eval:1"}]',
      );
    expect(read).toThrow(RouteTableError);
    expect(read).toThrow(
      /ROUTE_TABLE.*\n.*'quant': .*no explicit port.*\n.*'eval': .*unknown scheme/,
    );
  });

  it('refuses a file that is not there', async () => {
    await expect(
      ConfiguredRoutes.fromFile(path.join(folder, 'nosuch')),
    ).rejects.toThrow(RouteTableError);
  });

  it('follows a mounted ConfigMap as the kubelet exchanges it', async () => {
    async function mount(version: string, text: string) {
      await mkdir(path.join(folder, version));
      await writeFile(path.join(folder, version, 'routes.json'), text);
      await symlink(version, path.join(folder, '..next'));
      await rename(path.join(folder, '..next'), path.join(folder, '..data'));
    }
    await mount('v1', tableOf('quant'));
    const file = path.join(folder, 'routes.json');
    await symlink('..data/routes.json', file);

    const heard = new Heard();
    configured = await ConfiguredRoutes.fromFile(file, 10);
    configured.start({
      onRoutes: routes => heard.onRoutes(routes),
      onRefused: problems => heard.onRefused(problems),
    });
    await mount('v2', tableOf('quant', 'eval'));
    await heard.until(2);
    await mount('v3', '[{"route":"quant","url":"http://quant"}]');
    await heard.until(3);
    await mount('v4', tableOf('eval'));
    expect(await heard.until(4)).toEqual([
      ['quant'],
      ['quant', 'eval'],
      { problems: [expect.stringContaining("entry 'quant'")] },
      ['eval'],
    ]);
  });
});

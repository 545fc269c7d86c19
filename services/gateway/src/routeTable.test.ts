import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfiguredRoutes } from './configuredRoutes';
import { ConfiguredRoutes, RouteTableError } from './routes';
import { FakeUpstream } from './testing/FakeUpstream';
import { QUANT_KEY, routeTo, TestGateway } from './testing/TestGateway';

describe('the route table of the operator', () => {
  let upstream: FakeUpstream;
  let folder: string;

  beforeEach(async () => {
    upstream = await FakeUpstream.start();
    folder = await mkdtemp(path.join(tmpdir(), 'route-table-'));
  });

  afterEach(async () => {
    await upstream.stop();
    await rm(folder, { recursive: true });
  });

  const tableOf = (...routes: string[]) =>
    JSON.stringify(
      routes.map(route => ({ route, url: upstream.origin, team: 'quant' })),
    );

  it('is read from the environment or a file, not from both', async () => {
    const file = path.join(folder, 'routes.json');
    await writeFile(file, tableOf('quant'));
    expect(await readConfiguredRoutes({})).toBeUndefined();
    expect(
      await readConfiguredRoutes({ ROUTE_TABLE: tableOf('quant') }),
    ).toBeInstanceOf(ConfiguredRoutes);
    expect(
      await readConfiguredRoutes({ ROUTE_TABLE_FILE: file }),
    ).toBeInstanceOf(ConfiguredRoutes);
    await expect(
      readConfiguredRoutes({ ROUTE_TABLE: '[]', ROUTE_TABLE_FILE: file }),
    ).rejects.toThrow(/either/);
    // Incident 26.
    await expect(
      readConfiguredRoutes({
        ROUTE_TABLE:
          '{"quant":{"url":"http://quant-api.quant.svc.cluster.local"}}',
      }),
    ).rejects.toThrow(RouteTableError);
  });

  it('is served, changed and kept when a change is no good', async () => {
    const file = path.join(folder, 'routes.json');
    // At once, as the links of a mounted ConfigMap: half a file is a table that is refused.
    const write = async (text: string) => {
      await writeFile(`${file}.new`, text);
      await rename(`${file}.new`, file);
    };
    await write(tableOf('quant'));
    const gateway = await TestGateway.start({
      configuredRoutes: await ConfiguredRoutes.fromFile(file, 10),
    });
    try {
      gateway.setRoutes([]);
      const statusOf = async (route: string) => {
        const response = await fetch(`${gateway.url}/api/${route}/predict`, {
          method: 'POST',
          headers: { 'x-api-key': QUANT_KEY },
          body: '{}',
        });
        return response.status;
      };
      const reloaded = async (line: RegExp) => {
        while (!(await gateway.metric(line))) {
          await new Promise(resolve => setTimeout(resolve, 10));
        }
      };
      expect([await statusOf('quant'), await statusOf('tuned')]).toEqual([
        200, 404,
      ]);
      await write(tableOf('tuned', 'quant'));
      await reloaded(/reloads_total\{result="used".* 2$/);
      expect([await statusOf('quant'), await statusOf('tuned')]).toEqual([
        200, 200,
      ]);
      await write('[{"route":"quant","url":"http://quant"}]');
      await reloaded(/reloads_total\{result="refused".* 1$/);
      expect(await gateway.metric(/^llm_gateway_route_table_valid/)).toMatch(
        / 0$/,
      );
      expect([await statusOf('quant'), await statusOf('tuned')]).toEqual([
        200, 200,
      ]);
    } finally {
      await gateway.stop();
    }
    const line = gateway.logLines.find(l => l.includes('route table is not'));
    expect(line).toContain("entry 'quant'");
    expect(line).toContain('no explicit port');
  });

  it('goes before a labelled Service of the same name', async () => {
    const gateway = await TestGateway.start({
      configuredRoutes: ConfiguredRoutes.fromText(tableOf('quant')),
    });
    try {
      gateway.setRoutes([routeTo([], { kind: 'service', name: 'quant' })]);
      const response = await fetch(`${gateway.url}/api/quant/predict`, {
        method: 'POST',
        headers: { 'x-api-key': QUANT_KEY },
        body: '{}',
      });
      expect(response.status).toBe(200);
    } finally {
      await gateway.stop();
    }
    expect(gateway.logLines.join('')).toContain('which the route table has');
  });
});

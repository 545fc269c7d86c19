import { GrafanaPanelsClient } from './GrafanaPanelsClient';

function clientWith(answer: { status?: number; json: unknown }) {
  const calls: Array<[string, RequestInit | undefined]> = [];
  const status = answer.status ?? 200;
  const client = GrafanaPanelsClient.create({
    fetchApi: {
      fetch: async (input, init) => {
        calls.push([String(input), init]);
        // jsdom has no Response; this is the part that the client reads.
        return {
          ok: status < 400,
          status,
          statusText: 'Text',
          headers: new Map([['content-type', 'application/json']]),
          json: async () => answer.json,
          text: async () => JSON.stringify(answer.json),
        } as unknown as Response;
      },
    },
  });
  return { client, calls };
}

describe('GrafanaPanelsClient', () => {
  it('has an address for each question, with names encoded', async () => {
    const { client, calls } = clientWith({ json: {} });
    const query = {
      dataSource: { kind: 'prometheus' as const, cluster: 'c' },
      from: 1,
      to: 2,
    };
    await client.listDashboards();
    await client.listDashboards({ entity: 'component:default/a' });
    await client.getDashboard({ source: 'files', uid: 'a/b?' });
    await client.listDataSources();
    await client.query({ ...query, queries: [] });
    await client.labels({ ...query, kind: 'metrics' });
    expect(
      calls.map(([url, init]) => `${init?.method ?? 'GET'} ${url}`),
    ).toEqual([
      'GET plugin://grafana-panels/v1/dashboards',
      'GET plugin://grafana-panels/v1/dashboards?entity=component%3Adefault%2Fa',
      'GET plugin://grafana-panels/v1/dashboards/files/a%2Fb%3F',
      'GET plugin://grafana-panels/v1/data-sources',
      'POST plugin://grafana-panels/v1/query',
      'POST plugin://grafana-panels/v1/labels',
    ]);
    expect(JSON.parse(String(calls[5][1]?.body))).toEqual({
      ...query,
      kind: 'metrics',
    });
  });

  it('throws what the backend says', async () => {
    const { client } = clientWith({
      status: 403,
      json: {
        error: { name: 'NotAllowedError', message: 'not yours' },
        response: { statusCode: 403 },
      },
    });
    await expect(client.listDashboards()).rejects.toMatchObject({
      statusCode: 403,
    });
  });
});

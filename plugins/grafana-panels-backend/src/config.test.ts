import { ConfigReader } from '@backstage/config';
import { readPanelsConfig } from './config';

const grafana = (...instances: object[]) =>
  new ConfigReader({ llmPlatform: { grafana: { instances } } });
const INSTANCE = { id: 'main', url: 'https://grafana.example.com', token: 't' };

describe('readPanelsConfig', () => {
  it('needs nothing', () => {
    expect(readPanelsConfig(new ConfigReader({}))).toMatchObject({
      dashboardsPath: undefined,
      grafana: [],
      limits: { series: 2_000, timeoutSeconds: 30 },
    });
  });

  it('reads instances of Grafana and single limits', () => {
    expect(readPanelsConfig(grafana(INSTANCE)).grafana).toEqual([
      { ...INSTANCE, teamLabel: 'team' },
    ]);
    const config = new ConfigReader({
      llmPlatform: { panels: { limits: { series: 10 } } },
    });
    expect(readPanelsConfig(config).limits).toMatchObject({
      series: 10,
      timeoutSeconds: 30,
    });
  });

  it.each([
    ['an id that is no id', { ...INSTANCE, id: 'a/b' }, 'letters'],
    ["the portal's own source", { ...INSTANCE, id: 'files' }, 'taken'],
    ['a URL of another kind', { ...INSTANCE, url: 'file:///etc' }, 'url'],
    ['no token', { ...INSTANCE, token: '' }, 'token'],
    ['a label that is none', { ...INSTANCE, teamLabel: 'a"b' }, 'label'],
  ])('refuses %s', (_name, instance, message) => {
    expect(() => readPanelsConfig(grafana(instance))).toThrow(message);
  });

  it('refuses two instances with one id', () => {
    expect(() => readPanelsConfig(grafana(INSTANCE, INSTANCE))).toThrow(
      "two with the id 'main'",
    );
  });
});

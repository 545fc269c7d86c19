import { checkCollector, configurationText, unknownFields } from '.';

describe('fields', () => {
  const known = {
    server: { http_listen_port: null },
    configs: { from: null },
    anything: null,
    receivers: { '*': { endpoint: null } },
  };

  it.each<[string, object, string[]]>([
    ['known ones', { server: { http_listen_port: 1 }, anything: { x: 1 } }, []],
    ['one at the top', { nothing: 1 }, ['nothing']],
    ['one below', { server: { port: 1 } }, ['server.port']],
    ['one in a list', { configs: [{ from: 1 }, { to: 1 }] }, ['configs.to']],
    ['names that people choose', { receivers: { mine: { endpoint: 1 } } }, []],
    [
      'one below such a name',
      { receivers: { mine: { url: 1 } } },
      ['receivers.mine.url'],
    ],
    // A key that every object has.
    ['an inherited name', { constructor: 1 }, ['constructor']],
  ])('%s', (_, configuration, unknown) => {
    expect(unknownFields(configuration, known)).toEqual(unknown);
  });
});

describe('a collector', () => {
  const components = {
    receivers: { otlp: null },
    processors: { batch: { timeout: null } },
    exporters: { otlp_http: { endpoint: null } },
    extensions: { health_check: null },
    connectors: {},
  };
  const good = {
    receivers: { otlp: {} },
    processors: { batch: {} },
    exporters: { 'otlp_http/loki': { endpoint: 'http://loki:3100/otlp' } },
    extensions: { health_check: {} },
    service: {
      extensions: ['health_check'],
      pipelines: {
        logs: {
          receivers: ['otlp'],
          processors: ['batch'],
          exporters: ['otlp_http/loki'],
        },
      },
    },
  };

  it('is content with what it has', () => {
    expect(checkCollector(good, components)).toEqual([]);
  });

  it.each<[string, object, string]>([
    [
      'an exporter that is gone',
      { exporters: { ...good.exporters, loki: {} } },
      'exporters.loki: the collector has no loki. It has otlp_http',
    ],
    [
      'a wrong field',
      { exporters: { 'otlp_http/loki': { labels: {} } } },
      'exporters.otlp_http/loki: labels is no field of otlp_http',
    ],
    [
      'a pipeline of what is not defined',
      { processors: {} },
      'service uses processors.batch, which is not defined',
    ],
    [
      'an extension that nobody starts',
      { service: { ...good.service, extensions: [] } },
      'extensions.health_check is in no pipeline: take it out',
    ],
  ])('refuses %s', (_, change, problem) => {
    expect(checkCollector({ ...good, ...change }, components)).toContain(
      problem,
    );
  });
});

it('finds a file in a generated ConfigMap, whatever its hash', () => {
  const configMap = (name: string, text: string) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name },
    data: { 'loki.yaml': text },
  });
  const objects = [
    configMap('other-loki-config-bb64db9c7m', 'no'),
    configMap('loki-config-bb64db9c7m', 'yes'),
  ];

  expect(configurationText(objects, 'loki-config', 'loki.yaml')).toBe('yes');
  expect(configurationText(objects, 'loki-config', 'x')).toBeUndefined();
  expect(configurationText(objects, 'tempo-config', 'x')).toBeUndefined();
});

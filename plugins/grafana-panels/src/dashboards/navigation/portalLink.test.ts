import { portalLink } from './portalLink';

const GRAFANA = 'https://grafana.example/sub/d/abc/overview';

describe('links of a dashboard', () => {
  it.each([
    [
      '/d/llm-models/models?var-model=a',
      'files',
      '/dashboards/files/llm-models?var-model=a',
    ],
    ['/grafana/d/x', 'main', '/dashboards/main/x'],
    ['https://grafana.example/d/a%20b/', 'main', '/dashboards/main/a%20b'],
    ['d/gpu/gpu-fleet', 'main', '/dashboards/main/gpu'],
    ['?var-model=a', 'main', '/dashboards/main/here?var-model=a'],
  ])('%s stays in the portal', (url, source, to) => {
    expect(
      portalLink(url, { source, uid: 'here', grafanaUrl: GRAFANA }),
    ).toEqual({
      to,
      external: false,
    });
  });

  it.each([
    ['https://docs.vllm.ai/en/latest/', 'https://docs.vllm.ai/en/latest/'],
    ['https://other.example/d/abc', 'https://other.example/d/abc'],
    ['mailto:on-call@example.org', 'mailto:on-call@example.org'],
    ['/explore?x=1', 'https://grafana.example/explore?x=1'],
  ])('%s leads out', (url, to) => {
    expect(portalLink(url, { source: 'main', grafanaUrl: GRAFANA })).toEqual({
      to,
      external: true,
    });
  });

  it.each([
    ' JaVaScRiPt:alert(1)',
    'data:text/html,x',
    '//evil.example/d/abc',
    '',
  ])('%j is none', url => {
    expect(
      portalLink(url, { source: 'main', grafanaUrl: GRAFANA }),
    ).toBeUndefined();
  });

  it('knows no page of a Grafana that there is not', () => {
    expect(portalLink('/explore', { source: 'files' })).toBeUndefined();
  });
});

import type { RenderedObject } from '../rendered';
import { checkSelectorsKept, parseSelectors } from '.';

const deployment = (matchLabels: object, name = 'loki'): RenderedObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'observability' },
  spec: { selector: { matchLabels } },
});
const RECORD = parseSelectors(
  'Deployment observability/loki: { app.kubernetes.io/name: loki }',
);

it('keeps a selector that is what it was', () => {
  expect(
    checkSelectorsKept(
      [deployment({ 'app.kubernetes.io/name': 'loki' })],
      RECORD,
    ),
  ).toEqual([]);
});

it('refuses one with a label more', () => {
  expect(
    checkSelectorsKept(
      [
        deployment({
          'app.kubernetes.io/name': 'loki',
          'app.kubernetes.io/part-of': 'llm-platform',
        }),
      ],
      RECORD,
    ),
  ).toEqual([
    {
      at: 'Deployment observability/loki',
      message: expect.stringContaining(
        'but was {"app.kubernetes.io/name":"loki"}: a selector is immutable',
      ),
    },
  ]);
});

it('asks to record a new one', () => {
  expect(
    checkSelectorsKept([deployment({ app: 'x' }, 'mimir')], RECORD),
  ).toEqual([
    {
      at: 'Deployment observability/mimir',
      message: expect.stringContaining('its selector is not recorded'),
    },
  ]);
});

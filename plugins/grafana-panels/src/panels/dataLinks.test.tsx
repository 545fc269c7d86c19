/* eslint-disable no-restricted-imports -- reads a page of the docs; nothing of it comes into the browser */
import { readFileSync } from 'fs';
import path from 'path';
import { render } from '@testing-library/react';
import { PanelView } from './PanelView';
import { PANELS } from './registry';
import { installCanvas, panelProps, tableFrame } from './testUtils';

beforeAll(installCanvas);

it('data links are drawn by the types that docs/panels.md names', () => {
  const docs = readFileSync(
    path.join(__dirname, '../../../../docs/panels.md'),
    'utf8',
  );
  const row = /^\| data links +\|(.*)\|$/m.exec(docs)?.[1] ?? '';
  const named = [...row.matchAll(/`([\w-]+)`/g)].map(([, type]) => type);
  const linked = Object.keys(PANELS).filter(type => {
    const { container, unmount } = render(
      <PanelView
        {...panelProps(type, [tableFrame({ pod: ['a'], memory: [1] })], {
          fieldConfig: {
            defaults: { links: [{ title: 'go', url: 'https://example.org' }] },
          },
        })}
      />,
    );
    const isLinked = container.querySelector('a') !== null;
    unmount();
    return isLinked;
  });
  expect(linked.sort()).toEqual(named.sort());
});

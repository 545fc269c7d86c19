/* eslint-disable no-restricted-imports -- reads a page of the docs; nothing of it comes into the browser */
import { readFileSync } from 'fs';
import path from 'path';
import { TRANSFORMATION_IDS } from './data/transformations';
import { PANELS } from './panels/registry';

const text = readFileSync(
  path.join(__dirname, '../../../docs/panels.md'),
  'utf8',
);

/** The names in code marks that the rows of a section begin with. */
function namesIn(heading: string): string[] {
  const section = text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\| `([\w-]+)`/gm)]
    .map(match => match[1])
    .sort();
}

describe('docs/panels.md', () => {
  it('has every panel type that is drawn, and no other', () => {
    expect(namesIn('Panel types')).toEqual(Object.keys(PANELS).sort());
  });

  it('has every transformation that is computed, and no other', () => {
    expect(namesIn('Transformations')).toEqual([...TRANSFORMATION_IDS].sort());
  });
});

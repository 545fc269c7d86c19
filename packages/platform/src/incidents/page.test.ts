import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findRepository } from '../embedded';

const root = findRepository();
const page = readFileSync(path.join(root, 'INCIDENTS.md'), 'utf8');
const rows = page.split('\n').flatMap(line => {
  const [, number, ...cells] = line.split('|').map(cell => cell.trim());
  return /^\d+$/.test(number ?? '') ? [{ number: Number(number), cells }] : [];
});
const tests = readFileSync(
  path.join(__dirname, 'incidents.integration.test.ts'),
  'utf8',
);

it('has a row for each of the thirty, with every cell filled', () => {
  expect(rows.map(({ number }) => number)).toEqual(
    Array.from({ length: 30 }, (_, i) => i + 1),
  );
  for (const { cells } of rows) {
    // What happened, why it can't now, Doctor, fix, how it is seen.
    expect(cells.slice(0, 5).filter(cell => cell === '')).toEqual([]);
    expect(cells[4]).toMatch(/^(real|scripted|static)/);
  }
});

it('names files that are there', () => {
  const files = [...page.matchAll(/`((?:[\w-]+\/)+[\w.-]+\.\w+)`/g)].map(
    ([, file]) => file,
  );

  expect(files.length).toBeGreaterThan(15);
  expect(files.filter(file => !existsSync(path.join(root, file)))).toEqual([]);
});

it('names tests that put the mistake of its own row back', () => {
  const titles = rows.flatMap(({ number, cells }) =>
    [
      ...cells[1].matchAll(/put back and refused \("incident (\d+): ([^"]+)"/g),
    ].map(([, incident, what]) => ({
      number,
      incident: Number(incident),
      what,
    })),
  );

  expect(titles.length).toBeGreaterThan(20);
  for (const { number, incident, what } of titles) {
    expect(incident).toBe(number);
    expect(tests).toContain(what);
  }
});

it('has for each incident a test that names it', () => {
  const without = rows.filter(
    ({ cells }) => !/test\.(ts|mjs)`|put back and refused/.test(cells[1]),
  );

  expect(without.map(({ number }) => number)).toEqual([]);
});

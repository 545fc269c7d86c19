import { FieldType, getDisplayProcessor } from '@grafana/data';
import { theme } from '../testUtils';
import { axisTexts, timeTexts } from './axes';

function textsOf(unit: string, values: number[]) {
  return axisTexts(
    values,
    getDisplayProcessor({
      field: { type: FieldType.number, config: { unit } },
      theme,
    }),
  );
}

describe('numbers on an axis', () => {
  it('have the fewest decimals that still tell them exactly', () => {
    expect(textsOf('s', [0, 0.5, 1, 1.5])).toEqual([
      '0 s',
      '500 ms',
      '1 s',
      '1.5 s',
    ]);
    expect(textsOf('bytes', [0, 512, 1536])).toEqual([
      '0 B',
      '512 B',
      '1.5 KiB',
    ]);
    expect(textsOf('percent', [0, 2.5, 5])).toEqual(['0%', '2.5%', '5%']);
  });
});

describe('times on an axis', () => {
  const midnight = Date.UTC(2026, 10, 23);
  const HOUR = 3_600_000;

  it('have the date where a day begins', () => {
    expect(
      timeTexts([midnight - HOUR, midnight, midnight + HOUR], HOUR, 'utc'),
    ).toEqual(['23:00', '11-23', '01:00']);
  });

  it('know the time zone', () => {
    expect(timeTexts([midnight], HOUR, 'Europe/Berlin')).toEqual(['01:00']);
  });

  it.each([
    [1000, '00:00:05', midnight + 5000],
    [24 * HOUR, '11-23', midnight],
    [30 * 24 * HOUR, '2026-11', midnight],
    [366 * 24 * HOUR, '2026', midnight],
  ])('are as fine as their distance (%i)', (increment, text, time) => {
    expect(timeTexts([time], increment, 'utc')).toEqual([text]);
  });
});

import { rangeUtil } from '@grafana/data';
import {
  describeRange,
  isLive,
  QUICK_RANGES,
  resolveRange,
  shiftRange,
  write,
  writeTime,
  zoomOut,
} from './timeRange';

const NOW = Date.UTC(2026, 10, 23, 12, 0, 0);
const H = 3_600_000;

describe('time ranges', () => {
  it.each([
    [{ from: 'now-6h', to: 'now' }, NOW - 6 * H, NOW],
    [{ from: 'now-1d/d', to: 'now-1d/d' }, NOW - 36 * H, NOW - 12 * H - 1],
    [{ from: String(NOW - H), to: String(NOW) }, NOW - H, NOW],
    [
      { from: '2026-11-23T08:00:00Z', to: '2026-11-23 09:30' },
      NOW - 4 * H,
      NOW - 2.5 * H,
    ],
    [{ from: '20261123T080000', to: '20261124' }, NOW - 4 * H, NOW + 12 * H],
    [{ from: '2026-11-23T08:00:00+01:00', to: 'now' }, NOW - 5 * H, NOW],
  ])('%j is read as an address has it', (raw, from, to) => {
    expect(resolveRange(raw, NOW, 'utc')).toEqual({ from, to });
  });

  it.each([
    { from: 'now', to: 'now-6h' },
    { from: 'yesterday', to: 'now' },
    { from: '', to: 'now' },
    { from: 'now-6parsecs', to: 'now' },
    { from: '2026-13-45', to: 'now' },
    { from: '1e999', to: 'now' },
    { from: '5', to: '5' },
  ])('%j is no range', raw => {
    expect(resolveRange(raw, NOW, 'utc')).toBeUndefined();
  });

  it('every range on offer is one, and has a name', () => {
    for (const raw of QUICK_RANGES) {
      expect(resolveRange(raw, NOW, 'browser')).toBeDefined();
      expect(describeRange(raw, 'browser')).toMatch(/^Last \d+ \w+$/);
    }
  });

  it("is in the dashboard's zone", () => {
    expect(
      resolveRange(
        { from: '2026-11-23 08:00', to: 'now/d' },
        NOW,
        'America/New_York',
      ),
    ).toEqual({ from: NOW + H, to: NOW + 17 * H - 1 });
  });

  it('describes what it is not: nothing', () => {
    expect(describeRange({ from: 'x', to: 'now' }, 'utc')).toBe(
      'No valid range',
    );
    expect(describeRange(write({ from: NOW - H, to: NOW }), 'utc')).toBe(
      '2026-11-23 11:00:00 to 2026-11-23 12:00:00',
    );
  });

  it.each([
    ['now-1h', 'now', 'Last 1 hour'],
    ['now-90m', 'now', 'Last 90 minutes'],
    ['now-24h', 'now', 'Last 24 hours'],
    ['now-1w', 'now', 'Last 1 week'],
    ['now-6M', 'now', 'Last 6 months'],
    ['now-1y', 'now', 'Last 1 year'],
  ])('describes %s to %s without all of Grafana’s names', (from, to, text) => {
    const described = jest.spyOn(rangeUtil, 'describeTimeRange');
    expect(describeRange({ from, to }, 'utc')).toBe(text);
    expect(described).not.toHaveBeenCalled();
    described.mockRestore();
  });

  it.each([
    ['now/d', 'now', 'Today so far'],
    ['now-1d/d', 'now-1d/d', 'Yesterday'],
    ['now-6h', 'now-1h', 'now-6h to now-1h'],
  ])('leaves the names of %s to %s to Grafana', (from, to, text) => {
    expect(describeRange({ from, to }, 'utc')).toBe(text);
  });

  it('reads back what it writes', () => {
    for (const zone of ['utc', 'browser', 'Asia/Tokyo']) {
      const text = writeTime(NOW, zone);
      expect(
        resolveRange({ from: text, to: String(NOW + H) }, NOW, zone)?.from,
      ).toBe(NOW);
    }
  });

  it('moves by half its length, and not into the future', () => {
    const range = { from: NOW - 4 * H, to: NOW - H };
    expect(shiftRange(range, -1, NOW)).toEqual(
      write({ from: NOW - 5.5 * H, to: NOW - 2.5 * H }),
    );
    expect(shiftRange(range, 1, NOW)).toEqual(
      write({ from: NOW - 3 * H, to: NOW }),
    );
    expect(zoomOut(range)).toEqual(
      write({ from: NOW - 5.5 * H, to: NOW + 0.5 * H }),
    );
  });

  it('knows what moves with the clock', () => {
    expect(isLive({ from: 'now-1h', to: 'now' })).toBe(true);
    expect(isLive({ from: '1', to: '2' })).toBe(false);
  });
});

import { FieldType, toDataFrame } from '@grafana/data';
import { toCsv } from './csv';

const T = Date.UTC(2026, 10, 23, 8);
const series = (name: string, times: number[], values: unknown[]) =>
  toDataFrame({
    name,
    fields: [
      { name: 'Time', type: FieldType.time, values: times },
      {
        name: 'Value',
        type: FieldType.number,
        values,
        config: { displayNameFromDS: name },
      },
    ],
  });
const lines = (...text: string[]) => text.map(line => `${line}\r\n`).join('');

describe("a panel's data as CSV", () => {
  it('joins series by time, gaps stay empty', () => {
    expect(
      toCsv([
        series('a', [T, T + 1000], [1, NaN]),
        series('b', [T + 1000, T + 2000], [Infinity, 4]),
      ]),
    ).toBe(
      lines(
        'Time,a,b',
        '2026-11-23T08:00:00.000Z,1,',
        '2026-11-23T08:00:01.000Z,NaN,Infinity',
        '2026-11-23T08:00:02.000Z,,4',
      ),
    );
  });

  it('keeps two series of one name apart', () => {
    const [, row] = toCsv([series('a', [T], [1]), series('a', [T], [2])]).split(
      '\r\n',
    );
    expect(row).toBe('2026-11-23T08:00:00.000Z,1,2');
  });

  it('writes what no spreadsheet takes for a formula', () => {
    const frame = toDataFrame({
      fields: [
        {
          name: 'pod "x", y',
          type: FieldType.string,
          values: ['=cmd()', 'a,b', 'say "hi"', '-1', null],
        },
        { name: 'n', type: FieldType.number, values: [-1, 2, 3, 4, 5] },
      ],
    });
    expect(toCsv([frame])).toBe(
      lines(
        '"pod ""x"", y",n',
        "'=cmd(),-1",
        '"a,b",2',
        '"say ""hi""",3',
        "'-1,4",
        ',5',
      ),
    );
  });

  it('puts tables one after another', () => {
    const frame = (value: string) =>
      toDataFrame({
        fields: [{ name: 'x', type: FieldType.string, values: [value] }],
      });
    expect(toCsv([frame('a'), frame('b')])).toBe('x\r\na\r\n\r\nx\r\nb\r\n');
  });

  it('of nothing is nothing', () => {
    expect(toCsv([])).toBe('');
    expect(toCsv([toDataFrame({ fields: [] })])).toBe('');
  });
});

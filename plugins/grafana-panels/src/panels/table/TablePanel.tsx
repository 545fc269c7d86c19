import { useMemo, useRef, useState } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { getFrameDisplayName, type DataFrame } from '@grafana/data';
import { ScrollRegion } from '../scroll';
import type { PanelProps } from '../types';
import { Cell, cellStyle, displayOf } from './Cell';
import { columnsOf, columnWidths, type Column } from './columns';
import { footerOf } from './footer';
import { sortRows, type Sorting } from './sortRows';
import css from './Table.module.css';

const ROW_HEIGHTS: Record<string, number> = { sm: 28, md: 36, lg: 48 };
const FRAME_PICKER = 32;
/** Rows outside of sight that are there already when they are scrolled to. */
const OVERSCAN = 8;
/** So few are all there: the browser's own search finds them. */
const ALL_ROWS = 100;

/** Rows and columns; of several frames one at a time. */
export function TablePanel(props: PanelProps) {
  const { data, options, width, height } = props;
  const frames = data.frames.filter(({ fields }) => fields.length > 0);
  const [chosen, setChosen] = useState<number>();
  const index = Math.min(
    chosen ?? (Number(options.frameIndex) || 0),
    frames.length - 1,
  );
  const hasPicker = frames.length > 1;
  const frame = frames[index];
  if (!frame) {
    return null;
  }
  return (
    <div className={css.panel}>
      <FrameTable
        // Sorting and scrolling belong to a frame.
        key={index}
        {...props}
        frame={frame}
        frames={frames}
        width={width}
        height={hasPicker ? height - FRAME_PICKER : height}
      />
      {hasPicker ? (
        <select
          className={css.picker}
          aria-label="Table"
          value={index}
          onChange={event => setChosen(Number(event.target.value))}
        >
          {frames.map((each, i) => (
            <option key={i} value={i}>
              {getFrameDisplayName(each, i)}
            </option>
          ))}
        </select>
      ) : undefined}
    </div>
  );
}

function FrameTable(
  props: PanelProps & { frame: DataFrame; frames: DataFrame[] },
) {
  const { frame, frames, options, width, height, theme, title } = props;
  const columns = useMemo(() => columnsOf(frame, frames), [frame, frames]);
  const [chosen, setChosen] = useState<Sorting>();
  const sorting = chosen ?? initialSorting(options, columns);
  const sortedBy = sorting && columns[sorting.column]?.field;
  const isDescending = sorting?.isDescending ?? false;
  const rows = useMemo(
    () => sortRows(sortedBy, frame.length, isDescending),
    [sortedBy, frame.length, isDescending],
  );
  const footer = footerOf(options, columns, frame.length);
  const rowHeight = ROW_HEIGHTS[String(options.cellHeight)] ?? ROW_HEIGHTS.sm;
  const scroll = useRef<HTMLDivElement>(null);
  const isWhole = rows.length <= ALL_ROWS;
  const virtualizer = useVirtualizer({
    count: rows.length,
    enabled: !isWhole,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    initialRect: { width, height },
  });
  // Wrapped text makes rows of different heights.
  const hasWrapping = columns.some(({ isWrapped }) => isWrapped);
  const items = virtualizer.getVirtualItems();
  const shown = isWhole ? [...rows.keys()] : items.map(({ index }) => index);
  const before = isWhole ? 0 : items[0]?.start ?? 0;
  const after = isWhole
    ? 0
    : virtualizer.getTotalSize() - (items[items.length - 1]?.end ?? 0);
  // Room for the scrollbar, so that it doesn't cause a second one.
  const widths = columnWidths(columns, width - 12);
  const total = widths.reduce((sum, each) => sum + each, 0);

  return (
    <ScrollRegion
      ref={scroll}
      className={css.scroll}
      style={{ height }}
      label={title || 'Table'}
    >
      <table
        className={css.table}
        style={{ width: total }}
        aria-rowcount={rows.length + 1}
      >
        <colgroup>
          {widths.map((each, column) => (
            <col key={column} style={{ width: each }} />
          ))}
        </colgroup>
        {options.showHeader === false ? undefined : (
          <thead>
            <tr>
              {columns.map((column, i) => (
                <Heading
                  key={i}
                  column={column}
                  sorted={sorting?.column === i ? sorting : undefined}
                  onSort={() =>
                    setChosen({
                      column: i,
                      isDescending:
                        sorting?.column === i ? !sorting.isDescending : false,
                    })
                  }
                />
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          <Spacer height={before} columns={columns.length} />
          {shown.map(position => (
            <Row
              key={position}
              columns={columns}
              widths={widths}
              row={rows[position]}
              position={position}
              height={rowHeight}
              theme={theme}
              resolveUrl={props.resolveUrl}
              measure={
                hasWrapping && !isWhole ? virtualizer.measureElement : undefined
              }
            />
          ))}
          <Spacer height={after} columns={columns.length} />
        </tbody>
        {footer ? (
          <tfoot>
            <tr>
              {footer.map((text, i) => (
                <td key={i} data-align={columns[i].align}>
                  {text}
                </td>
              ))}
            </tr>
          </tfoot>
        ) : undefined}
      </table>
    </ScrollRegion>
  );
}

function Heading(props: {
  column: Column;
  sorted: Sorting | undefined;
  onSort: () => void;
}) {
  const { column, sorted, onSort } = props;
  const direction = sorted?.isDescending ? 'descending' : 'ascending';
  return (
    <th
      scope="col"
      data-align={column.align}
      aria-sort={sorted ? direction : undefined}
    >
      <button
        type="button"
        className={css.sort}
        onClick={onSort}
        title={column.field.config.description ?? column.name}
      >
        <span className={css.text}>{column.name}</span>
        {sorted ? (
          <span aria-hidden="true">{sorted.isDescending ? '↓' : '↑'}</span>
        ) : undefined}
      </button>
    </th>
  );
}

function Row(props: {
  columns: Column[];
  widths: number[];
  row: number;
  position: number;
  height: number;
  theme: PanelProps['theme'];
  resolveUrl: PanelProps['resolveUrl'];
  measure?: (element: Element | null) => void;
}) {
  const { columns, widths, row, position, height, theme, measure } = props;
  const coloring = columns.find(({ isRowColored }) => isRowColored);
  const rowStyle = coloring
    ? cellStyle(coloring, displayOf(coloring, row), theme)
    : undefined;
  return (
    <tr
      ref={measure}
      data-index={position}
      style={{ height, ...rowStyle }}
      // The header is the first row.
      aria-rowindex={position + 2}
    >
      {columns.map((column, i) => (
        <td
          key={i}
          data-align={column.align}
          style={
            column === coloring
              ? undefined
              : cellStyle(column, displayOf(column, row), theme)
          }
        >
          <div className={column.isWrapped ? css.wrapped : css.text}>
            <Cell
              column={column}
              row={row}
              width={widths[i]}
              height={height}
              theme={theme}
              resolveUrl={props.resolveUrl}
            />
          </div>
        </td>
      ))}
    </tr>
  );
}

/** Stands for the rows that are out of sight. */
function Spacer({ height, columns }: { height: number; columns: number }) {
  return height > 0 ? (
    <tr aria-hidden="true">
      <td colSpan={columns} style={{ height, padding: 0, border: 0 }} />
    </tr>
  ) : null;
}

function initialSorting(
  options: Record<string, unknown>,
  columns: Column[],
): Sorting | undefined {
  const [first] = Array.isArray(options.sortBy)
    ? (options.sortBy as Array<{ displayName?: string; desc?: boolean }>)
    : [];
  const column = first
    ? columns.findIndex(
        ({ name, field }) =>
          name === first.displayName || field.name === first.displayName,
      )
    : -1;
  return column < 0 ? undefined : { column, isDescending: first.desc === true };
}

import {
  FieldType,
  getFieldDisplayName,
  type DataFrame,
  type Field,
} from '@grafana/data';
import type {
  TableBarGaugeCellOptions,
  TableFieldOptions,
} from '@grafana/schema';

export type CellKind =
  | 'auto'
  | 'color-text'
  | 'color-background'
  | 'gauge'
  | 'data-links'
  | 'json-view'
  | 'image'
  | 'sparkline'
  | 'pill';

export interface Column {
  name: string;
  field: Field;
  kind: CellKind;
  /** Of a gauge or a coloured background. */
  look: 'basic' | 'gradient' | 'lcd';
  /** Of a gauge: how its number looks. */
  valueMode: 'color' | 'text' | 'hidden';
  isRowColored: boolean;
  align: 'left' | 'right' | 'center';
  /** CSS pixels, as the dashboard fixes it. */
  width?: number;
  minWidth: number;
  isWrapped: boolean;
}

/** As in Grafana: narrower columns are hard to read, the table scrolls sideways instead. */
const MIN_WIDTH = 150;
/** A date with its time of day fits. */
const MIN_TIME_WIDTH = 170;

/** Old names of cells, from before they had options of their own. */
const OLD_KINDS: Record<string, Pick<Column, 'kind' | 'look'>> = {
  basic: { kind: 'gauge', look: 'basic' },
  'gradient-gauge': { kind: 'gauge', look: 'gradient' },
  'lcd-gauge': { kind: 'gauge', look: 'lcd' },
  'color-background-solid': { kind: 'color-background', look: 'basic' },
  'color-background': { kind: 'color-background', look: 'gradient' },
  'color-text': { kind: 'color-text', look: 'basic' },
};

const KINDS = new Set<string>([
  'auto',
  'color-text',
  'color-background',
  'gauge',
  'data-links',
  'json-view',
  'image',
  'sparkline',
  'pill',
]);

/** Columns of a table, hidden ones left out. */
export function columnsOf(frame: DataFrame, frames: DataFrame[]): Column[] {
  return frame.fields
    .filter(field => !isHidden(optionsOf(field)))
    .map(field => {
      const options = optionsOf(field);
      return {
        name: getFieldDisplayName(field, frame, frames),
        field,
        ...cellOf(field, options),
        valueMode:
          (options.cellOptions as Partial<TableBarGaugeCellOptions> | undefined)
            ?.valueDisplayMode ?? 'color',
        align: alignOf(field, options),
        width: options.width,
        minWidth:
          options.minWidth ??
          (field.type === FieldType.time ? MIN_TIME_WIDTH : MIN_WIDTH),
        isWrapped: Boolean(
          options.wrapText ??
            (options.cellOptions as { wrapText?: boolean } | undefined)
              ?.wrapText,
        ),
      };
    });
}

function optionsOf(field: Field): Partial<TableFieldOptions> {
  return (field.config.custom ?? {}) as Partial<TableFieldOptions>;
}

function isHidden(options: Partial<TableFieldOptions>): boolean {
  return Boolean(
    (options as { hidden?: boolean }).hidden || options.hideFrom?.viz,
  );
}

function cellOf(
  field: Field,
  options: Partial<TableFieldOptions>,
): Pick<Column, 'kind' | 'look' | 'isRowColored'> {
  const cell = (options.cellOptions ?? {}) as {
    type?: string;
    mode?: string;
    applyToRow?: boolean;
  };
  const type = cell.type ?? options.displayMode ?? 'auto';
  const isRowColored = cell.applyToRow === true;
  if (field.type === FieldType.frame) {
    return { kind: 'sparkline', look: 'basic', isRowColored };
  }
  const old = cell.mode ? undefined : OLD_KINDS[type];
  if (old) {
    return { ...old, isRowColored };
  }
  return {
    kind: (KINDS.has(type) ? type : 'auto') as CellKind,
    look: cell.mode === 'lcd' || cell.mode === 'gradient' ? cell.mode : 'basic',
    isRowColored,
  };
}

function alignOf(
  field: Field,
  { align }: Partial<TableFieldOptions>,
): Column['align'] {
  if (align === 'left' || align === 'right' || align === 'center') {
    return align;
  }
  return field.type === FieldType.number ? 'right' : 'left';
}

/** Widths in CSS pixels that fill the room; columns without a fixed one share what is left. */
export function columnWidths(columns: Column[], width: number): number[] {
  const fixed = columns.reduce((sum, column) => sum + (column.width ?? 0), 0);
  const flexible = columns.filter(column => !column.width).length;
  const share = flexible > 0 ? Math.max(0, width - fixed) / flexible : 0;
  return columns.map(
    column => column.width ?? Math.max(column.minWidth, Math.floor(share)),
  );
}

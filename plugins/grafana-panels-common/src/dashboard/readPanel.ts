import { isMixed, isOtherPanel, readDataSource } from './dataSources';
import {
  integer,
  isRecord,
  number,
  record,
  records,
  text,
  type Json,
} from './json';
import { GRID_COLUMNS, MAX_HEIGHT } from './layout';
import { readLinks } from './links';
import { migratePanel } from './migrations';
import type { Notices } from './notices';
import { readTargets } from './targets';
import type { GridPos, Panel, Transformation } from './types';

/** A panel without a place. */
const DEFAULT_SIZE = { w: 12, h: 8 };

/**
 * Reads one panel, whatever version saved it.
 *
 * @param others - by id, for panels that show another one's data
 */
export function readPanel(
  json: Json,
  id: string,
  others: ReadonlyMap<string, Json>,
  notices: Notices,
): Panel {
  const source = isRecord(json.libraryPanel) ? fromLibrary(json) : json;
  const originalType = text(source.type);
  if (originalType === undefined) {
    const name = text(record(json.libraryPanel).name);
    notices.missing(
      name ? 'library-panel' : 'panel-type',
      name
        ? `The library panel “${name}” is not in the dashboard's JSON; open it in Grafana.`
        : 'A panel has no type.',
      id,
    );
  }
  const migrated = migratePanel(source, originalType ?? 'unknown', notices, id);
  const dataSource = readDataSource(source.datasource);
  const inherited = isMixed(dataSource) ? undefined : dataSource;
  const asked = isOtherPanel(dataSource)
    ? otherPanel(source, others, notices, id)
    : source;
  const askedSource = readDataSource(asked.datasource);
  const targets = readTargets(
    asked,
    asked === source || isMixed(askedSource) ? inherited : askedSource,
    notices,
    id,
  );
  return {
    id,
    sourceId: id,
    type: migrated.type,
    originalType: originalType === migrated.type ? undefined : originalType,
    title: text(source.title) ?? '',
    description: text(source.description),
    transparent: source.transparent === true,
    gridPos: readGridPos(json.gridPos),
    options: migrated.options,
    fieldConfig: migrated.fieldConfig,
    transformations: [
      ...(migrated.transformations ?? []),
      ...readTransformations(source.transformations),
    ],
    dataSource: inherited,
    targets,
    maxDataPoints: integer(source.maxDataPoints, { min: 1, max: 11_000 }),
    interval: text(source.interval),
    timeFrom: text(source.timeFrom),
    timeShift: text(source.timeShift),
    hideTimeOverride: source.hideTimeOverride === true,
    links: readLinks(source.links),
    repeat: readRepeat(source),
    repeated: [],
  };
}

/** The panel that a library keeps, with the place that the dashboard gives it. */
function fromLibrary(json: Json): Json {
  const model = record(record(json.libraryPanel).model);
  return { ...model, ...json };
}

/** The panel whose data this one shows; it can't again show another one's. */
function otherPanel(
  json: Json,
  others: ReadonlyMap<string, Json>,
  notices: Notices,
  id: string,
): Json {
  const [target = {}] = records(json.targets);
  const other = others.get(text(target.panelId) ?? '');
  if (!other || isOtherPanel(readDataSource(other.datasource))) {
    notices.missing(
      'other-panel',
      `It shows the data of panel ${
        text(target.panelId) ?? '?'
      }, which has none of its own.`,
      id,
    );
    return { targets: [] };
  }
  return other;
}

export function readGridPos(value: unknown): GridPos {
  const { x, y, w, h } = record(value);
  const width = integer(w, { min: 1, max: GRID_COLUMNS }) ?? DEFAULT_SIZE.w;
  return {
    x: integer(x, { min: 0, max: GRID_COLUMNS - width }) ?? 0,
    y: integer(y, { min: 0, max: 1_000_000 }) ?? 0,
    w: width,
    h: integer(h, { min: 1, max: MAX_HEIGHT }) ?? DEFAULT_SIZE.h,
  };
}

function readRepeat(json: Json): Panel['repeat'] {
  const variable = text(json.repeat);
  return variable === undefined
    ? undefined
    : {
        variable,
        direction: json.repeatDirection === 'v' ? 'v' : 'h',
        maxPerRow: number(json.maxPerRow)
          ? integer(json.maxPerRow, { min: 1, max: GRID_COLUMNS }) ?? 4
          : 4,
      };
}

function readTransformations(value: unknown): Transformation[] {
  return records(value).flatMap(transformation => {
    const id = text(transformation.id);
    const filter = record(transformation.filter);
    const filterId = text(filter.id);
    return id === undefined
      ? []
      : [
          {
            id,
            disabled: transformation.disabled === true,
            options: record(transformation.options),
            filter:
              filterId === undefined
                ? undefined
                : { id: filterId, options: filter.options },
            topic: text(transformation.topic),
          },
        ];
  });
}

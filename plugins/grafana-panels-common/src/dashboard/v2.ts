import {
  integer,
  isRecord,
  number,
  record,
  records,
  text,
  type Json,
} from './json';
import { CELL_PX, GRID_COLUMNS, MAX_HEIGHT } from './layout';
import type { Notices } from './notices';

const HIDES: Record<string, number> = {
  dontHide: 0,
  hideLabel: 1,
  hideVariable: 2,
};

const SORTS = [
  'disabled',
  'alphabeticalAsc',
  'alphabeticalDesc',
  'numericalAsc',
  'numericalDesc',
  'alphabeticalCaseInsensitiveAsc',
  'alphabeticalCaseInsensitiveDesc',
  'naturalAsc',
  'naturalDesc',
];

const VARIABLE_TYPES: Record<string, string> = {
  QueryVariable: 'query',
  CustomVariable: 'custom',
  IntervalVariable: 'interval',
  ConstantVariable: 'constant',
  TextVariable: 'textbox',
  DatasourceVariable: 'datasource',
  SwitchVariable: 'switch',
  AdhocVariable: 'adhoc',
  GroupByVariable: 'groupby',
};

/** Rows of the grid by the name of a height. */
const AUTO_HEIGHTS: Record<string, number> = {
  short: 5,
  standard: 9,
  tall: 14,
};

/** Dashboards of `dashboard.grafana.app/v2*` have elements and a layout that places them. */
export function isElementsDashboard(spec: Json): boolean {
  return isRecord(spec.elements) && isRecord(spec.layout);
}

/** Lays out nested rows, tabs and grids one below the other. */
class Placing {
  readonly #elements: Json;
  readonly #notices: Notices;
  readonly #panels: Json[] = [];
  #top = 0;

  constructor(elements: Json, notices: Notices) {
    this.#elements = elements;
    this.#notices = notices;
  }

  place(layout: Json): Json[] {
    this.#placeLayout(layout);
    return this.#panels;
  }

  #placeLayout(layout: Json): void {
    const spec = record(layout.spec);
    switch (layout.kind) {
      case 'GridLayout':
        this.#placeGrid(records(spec.items));
        break;
      case 'AutoGridLayout':
        this.#placeAutoGrid(spec);
        break;
      case 'RowsLayout':
        records(spec.rows).forEach(row => this.#placeRow(record(row.spec)));
        break;
      case 'TabsLayout':
        this.#notices.approximated(
          'tabs',
          'Tabs are shown as rows, one below the other.',
        );
        records(spec.tabs).forEach(tab => this.#placeRow(record(tab.spec)));
        break;
      default:
        this.#notices.missing(
          'layout',
          `A part of the dashboard has the layout ${String(
            layout.kind,
          )}, which the portal doesn't know.`,
        );
    }
  }

  #placeRow(row: Json): void {
    if (isRecord(row.conditionalRendering)) {
      this.#notices.approximated(
        'conditional-rendering',
        'Rows and panels that Grafana shows only under conditions are always shown.',
      );
    }
    if (row.hideHeader !== true) {
      this.#panels.push({
        type: 'row',
        title: text(row.title) ?? '',
        collapsed: false,
        repeat: text(record(row.repeat).value),
        gridPos: { x: 0, y: this.#top, w: GRID_COLUMNS, h: 1 },
      });
      this.#top++;
    }
    const index = this.#panels.length;
    this.#placeLayout(record(row.layout));
    const header = this.#panels[index - 1];
    if (row.collapse === true && header?.type === 'row') {
      header.collapsed = true;
      header.panels = this.#panels.splice(index);
    }
  }

  #placeGrid(items: Json[]): void {
    const top = this.#top;
    for (const item of items) {
      const spec = record(item.spec);
      const y = top + (integer(spec.y, { min: 0, max: 100_000 }) ?? 0);
      const h = integer(spec.height, { min: 1, max: MAX_HEIGHT }) ?? 8;
      this.#push(spec, { x: spec.x, y, w: spec.width, h });
      this.#top = Math.max(this.#top, y + h);
    }
  }

  #placeAutoGrid(spec: Json): void {
    const columns =
      integer(spec.maxColumnCount, { min: 1, max: GRID_COLUMNS }) ?? 3;
    const w = Math.floor(GRID_COLUMNS / columns);
    const custom = number(spec.rowHeight);
    const h = custom
      ? Math.max(1, Math.ceil(custom / CELL_PX))
      : AUTO_HEIGHTS[String(spec.rowHeightMode)] ?? AUTO_HEIGHTS.standard;
    const items = records(spec.items);
    items.forEach((item, index) => {
      const y = this.#top + Math.floor(index / columns) * h;
      this.#push(record(item.spec), { x: (index % columns) * w, y, w, h });
    });
    this.#top += Math.ceil(items.length / columns) * h;
  }

  #push(item: Json, gridPos: Json): void {
    const name = text(record(item.element).name) ?? '';
    const element = Object.hasOwn(this.#elements, name)
      ? record(this.#elements[name])
      : {};
    if (!isRecord(element.spec)) {
      this.#notices.missing(
        'element',
        `The layout places “${name}”, which is no element of the dashboard.`,
      );
      return;
    }
    const repeat = record(item.repeat);
    this.#panels.push({
      ...panelOf(element.kind, element.spec),
      gridPos,
      repeat: text(repeat.value),
      repeatDirection: repeat.direction,
      maxPerRow: repeat.maxPerRow,
    });
  }
}

/** The same dashboard as a list of placed panels. */
export function classicOf(spec: Json, notices: Notices): Json {
  const time = record(spec.timeSettings);
  return {
    uid: spec.uid,
    title: spec.title,
    description: spec.description,
    tags: spec.tags,
    links: spec.links,
    graphTooltip: ['Off', 'Crosshair', 'Tooltip'].indexOf(
      String(spec.cursorSync),
    ),
    time: { from: time.from, to: time.to },
    timezone: time.timezone,
    refresh: time.autoRefresh,
    timepicker: { refresh_intervals: time.autoRefreshIntervals },
    templating: { list: records(spec.variables).map(variableOf) },
    annotations: { list: records(spec.annotations).map(annotationOf) },
    panels: new Placing(record(spec.elements), notices).place(
      record(spec.layout),
    ),
  };
}

function panelOf(kind: unknown, spec: Json): Json {
  if (kind === 'LibraryPanel') {
    return {
      id: spec.id,
      title: spec.title,
      libraryPanel: spec.libraryPanel,
    };
  }
  const viz = record(spec.vizConfig);
  const vizSpec = record(viz.spec);
  const data = record(record(spec.data).spec);
  const query = record(data.queryOptions);
  return {
    id: spec.id,
    // Before v2beta1 the kind itself was the type.
    type: viz.kind === 'VizConfig' ? viz.group : viz.kind,
    title: spec.title,
    description: spec.description,
    transparent: spec.transparent,
    links: spec.links,
    options: vizSpec.options,
    fieldConfig: vizSpec.fieldConfig,
    targets: records(data.queries).map(entry => {
      const inner = record(entry.spec);
      return {
        ...record(record(inner.query).spec),
        refId: inner.refId,
        hide: inner.hidden,
        datasource: dataSourceOf(inner),
      };
    }),
    transformations: records(data.transformations).map(entry => ({
      id: entry.kind === 'Transformation' ? entry.group : entry.kind,
      ...record(entry.spec),
    })),
    maxDataPoints: query.maxDataPoints,
    interval: query.interval,
    timeFrom: query.timeFrom,
    timeShift: query.timeShift,
    hideTimeOverride: query.hideTimeOverride,
  };
}

/** `{query: {group, datasource: {name}}}`, and before v2beta1 `{query: {kind}, datasource: {type, uid}}`. */
function dataSourceOf(json: Json): Json | undefined {
  if (isRecord(json.datasource)) {
    return json.datasource;
  }
  const query = record(json.query);
  const kind = query.kind === 'DataQuery' ? query.group : query.kind;
  const uid = text(record(query.datasource).name);
  const type = text(kind);
  return type || uid ? { type, uid } : undefined;
}

function variableOf(variable: Json): Json {
  const spec = record(variable.spec);
  const query = record(spec.query);
  const inner = isRecord(query.spec) ? query.spec : undefined;
  return {
    ...spec,
    type: VARIABLE_TYPES[String(variable.kind)] ?? String(variable.kind),
    hide: HIDES[String(spec.hide)] ?? 0,
    sort: Math.max(0, SORTS.indexOf(String(spec.sort))),
    refresh: spec.refresh === 'onTimeRangeChanged' ? 2 : 1,
    query:
      variable.kind === 'DatasourceVariable'
        ? spec.pluginId
        : inner ?? spec.query,
    datasource: isRecord(spec.query) ? dataSourceOf(spec) : undefined,
  };
}

function annotationOf(annotation: Json): Json {
  const spec = record(annotation.spec);
  const query = record(spec.query);
  return {
    ...record(spec.legacyOptions),
    ...record(query.spec),
    name: spec.name,
    enable: spec.enable,
    hide: spec.hide,
    iconColor: spec.iconColor,
    builtIn: spec.builtIn,
    filter: spec.filter,
    datasource: dataSourceOf(spec),
  };
}

import { readAnnotations } from './annotations';
import {
  integer,
  isRecord,
  record,
  records,
  text,
  texts,
  type Json,
} from './json';
import { excessOf } from './limits';
import { readLinks } from './links';
import { Notices } from './notices';
import { hasContent, readRows } from './rows';
import { readVariables } from './readVariables';
import type { Dashboard, ParsedDashboard, RawTimeRange } from './types';
import { classicOf, isElementsDashboard } from './v2';

const DEFAULT_TIME: RawTimeRange = { from: 'now-6h', to: 'now' };

const DEFAULT_INTERVALS = [
  '5s',
  '10s',
  '30s',
  '1m',
  '5m',
  '15m',
  '30m',
  '1h',
  '2h',
  '1d',
];

/**
 * Reads the JSON of a dashboard (schema 16 to 42 and older ones with rows, or `dashboard.grafana.app/v2*`) into today's
 * form. Never throws: what is missing or approximated is in `problems`, and a dashboard that can't be read at all is
 * undefined.
 *
 * @public
 */
export function parseDashboard(json: unknown): ParsedDashboard {
  const notices = new Notices();
  const refuse = (code: string, message: string): ParsedDashboard => {
    notices.missing(code, message);
    return { problems: notices.all };
  };
  const excess = excessOf(json);
  if (excess !== undefined) {
    return refuse('too-large', `The dashboard can't be shown: ${excess}.`);
  }
  const envelope = unwrap(json);
  if (!envelope) {
    return refuse(
      'not-a-dashboard',
      'This is no dashboard: a JSON object with panels is expected, as Grafana exports it.',
    );
  }
  const classic = isElementsDashboard(envelope)
    ? classicOf(envelope, notices)
    : envelope;
  if (!hasContent(classic) && text(classic.title) === undefined) {
    return refuse(
      'not-a-dashboard',
      'This JSON has neither panels nor a title, so it is no dashboard of Grafana.',
    );
  }
  const dashboard = readDashboard(withInputs(classic), notices);
  return { dashboard, problems: notices.all };
}

function readDashboard(json: Json, notices: Notices): Dashboard {
  const time = record(json.time);
  const intervals = texts(record(json.timepicker).refresh_intervals);
  return {
    uid: text(json.uid),
    title: text(json.title) ?? 'Dashboard without a title',
    description: text(json.description),
    tags: texts(json.tags),
    schemaVersion: integer(json.schemaVersion, { min: 0, max: 1_000 }) ?? 0,
    time: {
      from: text(time.from) ?? DEFAULT_TIME.from,
      to: text(time.to) ?? DEFAULT_TIME.to,
    },
    timeZone: text(json.timezone) ?? 'browser',
    refresh: text(json.refresh),
    refreshIntervals: intervals.length > 0 ? intervals : DEFAULT_INTERVALS,
    sharedCursor: (['off', 'crosshair', 'tooltip'] as const)[
      integer(json.graphTooltip, { min: 0, max: 2 }) ?? 0
    ],
    variables: readVariables(json.templating, notices),
    annotations: readAnnotations(json.annotations, notices),
    links: readLinks(json.links),
    rows: readRows(json, notices),
  };
}

/** The dashboard itself, out of what Grafana's interfaces put around it. */
function unwrap(json: unknown): Json | undefined {
  if (!isRecord(json)) {
    return undefined;
  }
  const inner = json.dashboard ?? json.spec;
  if (!isRecord(inner) || Array.isArray(json.panels)) {
    return json;
  }
  const name = text(record(json.metadata).name);
  return { uid: name, ...inner };
}

/** An exported dashboard asks for constants at import; without an import their defaults are put in. */
function withInputs(json: Json): Json {
  const constants = new Map<string, string>();
  for (const input of records(json.__inputs)) {
    const name = text(input.name);
    if (name !== undefined && input.type === 'constant') {
      constants.set(name, text(input.value) ?? '');
    }
  }
  return constants.size === 0 ? json : (replaceIn(json, constants) as Json);
}

function replaceIn(
  value: unknown,
  constants: ReadonlyMap<string, string>,
): unknown {
  if (typeof value === 'string') {
    return value.replace(
      /\$\{(\w+)\}/g,
      (match, name: string) => constants.get(name) ?? match,
    );
  }
  if (Array.isArray(value)) {
    return value.map(entry => replaceIn(entry, constants));
  }
  return isRecord(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, entry]) => [
          key,
          replaceIn(entry, constants),
        ]),
      )
    : value;
}

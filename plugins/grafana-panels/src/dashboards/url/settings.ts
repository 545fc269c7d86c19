/** What a reader chose on a dashboard, as Grafana's addresses have it: `?from=&to=&var-x=&refresh=&viewPanel=`. */
export interface DashboardSettings {
  from?: string;
  to?: string;
  /** By variable; several values for one of several. */
  variables: Record<string, string[]>;
  /** `30s`; an empty text is off, undefined is what the dashboard says. */
  refresh?: string;
  /** The one panel that is shown full size. */
  viewPanel?: string;
  /** By name of the annotation: switched on or off by the reader. */
  annotations: Record<string, boolean>;
}

const VARIABLE = 'var-';
const ANNOTATION = 'annotation-';
/** More values than a person picks, fewer than an address or a regular expression takes. */
const MAX_VALUES = 200;
const MAX_LENGTH = 2_000;

/** Reads an address. What isn't understood is left alone and ignored. */
export function readSettings(params: URLSearchParams): DashboardSettings {
  const variables: Record<string, string[]> = {};
  const annotations: Record<string, boolean> = {};
  for (const key of new Set(params.keys())) {
    if (key.startsWith(VARIABLE) && key.length > VARIABLE.length) {
      variables[key.slice(VARIABLE.length)] = params
        .getAll(key)
        .slice(0, MAX_VALUES)
        .map(value => value.slice(0, MAX_LENGTH));
    } else if (key.startsWith(ANNOTATION)) {
      annotations[key.slice(ANNOTATION.length)] = params.get(key) === 'on';
    }
  }
  // Grafana's newer addresses call the panel `panel-2`.
  const viewPanel = params.get('viewPanel')?.replace(/^panel-(?=\d+$)/, '');
  return {
    from: params.get('from') || undefined,
    to: params.get('to') || undefined,
    variables,
    refresh: params.get('refresh') ?? undefined,
    viewPanel: viewPanel || undefined,
    annotations,
  };
}

/** The address with some settings changed; a setting that is there and undefined is taken out. */
export function writeSettings(
  params: URLSearchParams,
  patch: Partial<DashboardSettings>,
): URLSearchParams {
  const next = new URLSearchParams(params);
  const set = (key: string, value: string | undefined) =>
    value === undefined ? next.delete(key) : next.set(key, value);
  for (const key of ['from', 'to', 'refresh', 'viewPanel'] as const) {
    if (key in patch) {
      set(key, patch[key]);
    }
  }
  for (const [name, on] of Object.entries(patch.annotations ?? {})) {
    set(ANNOTATION + name, on ? 'on' : 'off');
  }
  for (const [name, values] of Object.entries(patch.variables ?? {})) {
    next.delete(VARIABLE + name);
    for (const value of values) {
      next.append(VARIABLE + name, value);
    }
  }
  return next;
}

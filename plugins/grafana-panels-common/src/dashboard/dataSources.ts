import { isRecord, text } from './json';
import type { DataSourceUse } from './types';

const MIXED = '-- Mixed --';
const DASHBOARD = '-- Dashboard --';

/** What Grafana calls data sources that are none. */
const BUILT_IN = new Set([MIXED, DASHBOARD, '-- Grafana --', 'grafana']);

/** Reads `datasource` of a panel, a target, a variable or an annotation: an object, a name, or nothing. */
export function readDataSource(value: unknown): DataSourceUse | undefined {
  if (isRecord(value)) {
    const type = text(value.type);
    const uid = text(value.uid);
    return type || uid ? { type, uid } : undefined;
  }
  const name = text(value);
  if (name === undefined || name === 'default') {
    return undefined;
  }
  return BUILT_IN.has(name) ? { type: 'datasource', uid: name } : { uid: name };
}

/** Each target has its own. */
export function isMixed(use: DataSourceUse | undefined): boolean {
  return use?.uid === MIXED;
}

/** The data is that of another panel. */
export function isOtherPanel(use: DataSourceUse | undefined): boolean {
  return use?.uid === DASHBOARD;
}

/** Whether PromQL can be asked there; a data source without a type may be a Prometheus. */
export function mayBePrometheus(use: DataSourceUse | undefined): boolean {
  if (use?.uid !== undefined && BUILT_IN.has(use.uid)) {
    return false;
  }
  return (
    use?.type === undefined ||
    use.type === 'prometheus' ||
    use.type.endsWith('-prometheus-datasource')
  );
}

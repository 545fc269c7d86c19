import {
  formattedValueToString,
  getFieldDisplayName,
  getFrameDisplayName,
  type DataContextScopedVar,
  type Field,
  type InterpolateFunction,
  type ScopedVars,
} from '@grafana/data';
import {
  formatScopedValue,
  plainValue,
  replaceReferences,
  type VariableScope,
} from '@llm-platform/plugin-grafana-panels-common';

type Context = DataContextScopedVar['value'];

/**
 * Replaces variables for Grafana's library: those of the dashboard, and in links and names what belongs to one field or cell
 * (`${__field.name}`, `${__series.name}`, `${__value.text}`, `${__data.fields.pod}`, …).
 */
export function replaceVariablesIn(scope: VariableScope): InterpolateFunction {
  return (text, scopedVars, format) =>
    replaceReferences(text, reference => {
      const { name, path } = reference;
      const chosen =
        reference.format ?? (typeof format === 'string' ? format : 'text');
      const own = ofField(name, path, scopedVars);
      if (own !== undefined) {
        return formatScopedValue(name, plainValue(own), chosen);
      }
      const scoped = path === undefined ? scope.get(name) : undefined;
      // What is made of addresses is encoded already.
      const isAddressPart =
        name === '__url_time_range' || name === '__all_variables';
      return (
        scoped &&
        formatScopedValue(name, scoped, isAddressPart ? 'raw' : chosen)
      );
    });
}

function ofField(
  name: string,
  path: string | undefined,
  scopedVars: ScopedVars | undefined,
): string | undefined {
  const context = scopedVars?.__dataContext?.value;
  if (context) {
    switch (name) {
      case '__field':
        return fieldPart(context, path);
      case '__series':
        return getFrameDisplayName(context.frame, context.frameIndex);
      case '__value':
        return valuePart(context, context.field, path);
      case '__data':
        return dataPart(context, path);
      default:
    }
  }
  const scoped = scopedVars?.[name];
  if (!scoped || path !== undefined) {
    return undefined;
  }
  const value: unknown = scoped.text ?? scoped.value;
  return ['string', 'number'].includes(typeof value)
    ? String(value)
    : undefined;
}

function fieldPart(context: Context, path = 'displayName'): string {
  const { field, frame, data } = context;
  if (path === 'name' || path === 'displayName') {
    return getFieldDisplayName(field, frame, data);
  }
  const label = /^labels(?:\.(?<plain>.+)|\["(?<quoted>.+)"\])$/.exec(
    path,
  )?.groups;
  if (label) {
    return field.labels?.[label.plain ?? label.quoted] ?? '';
  }
  return path === 'labels'
    ? Object.entries(field.labels ?? {})
        .map(([key, value]) => `${key}="${value}"`)
        .join(', ')
    : '';
}

function valuePart(
  context: Context,
  field: Field,
  path = 'text',
): string | undefined {
  const { rowIndex, calculatedValue, frame } = context;
  if (path === 'time') {
    const time = frame.fields.find(({ type }) => type === 'time');
    return rowIndex === undefined ? '' : String(time?.values[rowIndex] ?? '');
  }
  if (rowIndex === undefined && !calculatedValue) {
    return undefined;
  }
  const raw: unknown =
    rowIndex === undefined ? calculatedValue?.numeric : field.values[rowIndex];
  if (path === 'raw') {
    return String(raw ?? '');
  }
  const shown = rowIndex === undefined ? calculatedValue : field.display?.(raw);
  if (path === 'numeric') {
    return String(shown?.numeric ?? '');
  }
  return shown ? formattedValueToString(shown) : String(raw ?? '');
}

/** `fields.pod`, `fields["a b"].numeric`, `fields[0]`. */
function dataPart(context: Context, path = ''): string | undefined {
  const found =
    /^fields(?:\.(?<plain>[^.[\]]+)|\["(?<quoted>.+?)"\]|\[(?<index>\d+)\])(?:\.(?<part>\w+))?$/.exec(
      path,
    )?.groups;
  if (!found) {
    return undefined;
  }
  const name = found.plain ?? found.quoted;
  const field =
    found.index === undefined
      ? context.frame.fields.find(
          candidate =>
            candidate.name === name ||
            getFieldDisplayName(candidate, context.frame, context.data) ===
              name,
        )
      : context.frame.fields[Number(found.index)];
  return field && valuePart(context, field, found.part);
}

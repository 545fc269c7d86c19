/**
 * YAML of plain data, for reading: block style, strings quoted only where YAML would read them as
 * something else.
 */
export function toYaml(value: unknown, indent = ''): string {
  if (Array.isArray(value)) {
    if (value.length === 0) {
      return `${indent}[]`;
    }
    return value
      .map(item =>
        isBlock(item)
          ? `${indent}- ${toYaml(item, `${indent}  `).trimStart()}`
          : `${indent}- ${scalar(item)}`,
      )
      .join('\n');
  }
  if (typeof value === 'object' && value) {
    const entries = Object.entries(value).filter(([, v]) => v !== undefined);
    if (entries.length === 0) {
      return `${indent}{}`;
    }
    return entries
      .map(([key, item]) =>
        isBlock(item)
          ? `${indent}${scalar(key)}:\n${toYaml(item, `${indent}  `)}`
          : `${indent}${scalar(key)}: ${scalar(item)}`,
      )
      .join('\n');
  }
  return `${indent}${scalar(value)}`;
}

function isBlock(value: unknown): boolean {
  return typeof value === 'object' && value !== null
    ? Object.keys(value).length > 0
    : false;
}

const PLAIN = /^[A-Za-z_./][A-Za-z0-9_./-]*$/;
const RESERVED = /^(?:true|false|yes|no|on|off|null|y|n|~)$/i;

function scalar(value: unknown): string {
  if (typeof value === 'string') {
    return PLAIN.test(value) && !RESERVED.test(value)
      ? value
      : JSON.stringify(value);
  }
  if (typeof value === 'object' && value !== null) {
    return Array.isArray(value) ? '[]' : '{}';
  }
  return String(value);
}

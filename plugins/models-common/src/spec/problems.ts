import type { z } from 'zod';
import { quote } from './rules';
import type { SpecProblem } from './parse';

function describe(issue: z.core.$ZodIssue, input: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return input === undefined
        ? `is missing: give a ${issue.expected}`
        : `${quote(input)} must be a ${issue.expected}`;
    case 'invalid_value':
      return input === undefined
        ? `is missing: choose one of ${issue.values.map(quote).join(', ')}`
        : `${quote(input)} is not known: choose one of ${issue.values
            .map(quote)
            .join(', ')}`;
    default:
      return issue.message;
  }
}

function valueAt(input: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    input,
  );
}

/** Zod's issues as problems with path, value and remedy. */
export function toProblems(error: z.ZodError, input: unknown): SpecProblem[] {
  return error.issues.flatMap(issue => {
    const path = issue.path.map(String).join('.');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map(key => ({
        path: path ? `${path}.${key}` : key,
        message: 'is not a known field: remove it or check its spelling',
      }));
    }
    return [{ path, message: describe(issue, valueAt(input, issue.path)) }];
  });
}

import type { VariableScope } from './types';

/**
 * Replaces variables in a PromQL expression. Inside a string the value can't end the string, and of a variable that may
 * have several values regex characters mean themselves; formats, an `allValue` and what stands outside strings are put in
 * as they are.
 *
 * @public
 */
export function interpolatePromql(expr: string, scope: VariableScope): string {
  throw new Error(`not built yet: ${expr} ${scope.size}`);
}

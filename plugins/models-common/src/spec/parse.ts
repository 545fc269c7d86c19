import { parse, stringify } from 'yaml';
import { toProblems } from './problems';
import { modelDeploymentSpecSchema } from './schema';
import type { ModelDeploymentSpec } from './types';

/** One thing that is wrong with a spec. @public */
export interface SpecProblem {
  /** Dotted path, e.g. `spec.engine.maxModelLen`; empty for the whole. */
  path: string;
  /** The value, what is wrong with it, and what to do. */
  message: string;
}

/** @public */
export type ParseSpecResult =
  | { ok: true; spec: ModelDeploymentSpec }
  | { ok: false; problems: SpecProblem[] };

/** A spec is a page of text; more is not one. */
const MAX_TEXT = 64 * 1024;

/** Checks any input (parsed JSON or YAML) against the schema. @public */
export function parseModelDeploymentSpec(input: unknown): ParseSpecResult {
  const result = modelDeploymentSpecSchema.safeParse(input);
  return result.success
    ? { ok: true, spec: result.data }
    : { ok: false, problems: toProblems(result.error, input) };
}

/** Checks a serialized spec (YAML or JSON text). @public */
export function parseSerializedSpec(text: string): ParseSpecResult {
  if (text.length > MAX_TEXT) {
    return {
      ok: false,
      problems: [
        {
          path: '',
          message: `the text has ${text.length} characters; a spec has at most ${MAX_TEXT}`,
        },
      ],
    };
  }
  try {
    return parseModelDeploymentSpec(parse(text));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      problems: [{ path: '', message: `is no YAML or JSON: ${reason}` }],
    };
  }
}

/**
 * YAML in the schema's key order: equal specs give equal text. Throws a `TypeError` for what is no
 * valid spec, so that nothing invalid is ever stored.
 *
 * @public
 */
export function serializeSpec(spec: ModelDeploymentSpec): string {
  const result = parseModelDeploymentSpec(spec);
  if (!result.ok) {
    const reasons = result.problems.map(({ path, message }) =>
      path ? `${path}: ${message}` : message,
    );
    throw new TypeError(`Not a valid model deployment: ${reasons.join('; ')}`);
  }
  return stringify(result.spec, { lineWidth: 0 });
}

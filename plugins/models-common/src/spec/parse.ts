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
export type ParseSpecResult<S = ModelDeploymentSpec> =
  | { ok: true; spec: S }
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

/** Reads YAML or JSON text and checks what it holds with `check`. */
export function parseText<S>(
  text: string,
  check: (input: unknown) => ParseSpecResult<S>,
): ParseSpecResult<S> {
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
    return check(parse(text));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      problems: [{ path: '', message: `is no YAML or JSON: ${reason}` }],
    };
  }
}

/** YAML of what `check` accepts, in its schema's key order. Throws a `TypeError` for anything else. */
export function serialize<S>(
  spec: S,
  options: { check: (input: unknown) => ParseSpecResult<S>; noun: string },
): string {
  const result = options.check(spec);
  if (!result.ok) {
    const reasons = result.problems.map(({ path, message }) =>
      path ? `${path}: ${message}` : message,
    );
    throw new TypeError(`Not a valid ${options.noun}: ${reasons.join('; ')}`);
  }
  return stringify(result.spec, { lineWidth: 0 });
}

/** Checks a serialized spec (YAML or JSON text). @public */
export function parseSerializedSpec(text: string): ParseSpecResult {
  return parseText(text, parseModelDeploymentSpec);
}

/**
 * YAML in the schema's key order: equal specs give equal text. Throws a `TypeError` for what is no
 * valid spec, so that nothing invalid is ever stored.
 *
 * @public
 */
export function serializeSpec(spec: ModelDeploymentSpec): string {
  return serialize(spec, {
    check: parseModelDeploymentSpec,
    noun: 'model deployment',
  });
}

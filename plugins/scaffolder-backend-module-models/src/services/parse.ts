import { InputError } from '@backstage/errors';
import {
  parseTeamServiceSpec,
  type TeamServiceSpec,
} from '@llm-platform/plugin-models-common';

/** The spec of a step's input; throws an InputError that names each wrong field. */
export function parseServiceInput(input: unknown): TeamServiceSpec {
  const parsed = parseTeamServiceSpec(input);
  if (!parsed.ok) {
    throw new InputError(
      parsed.problems
        .map(({ path, message }) => (path ? `${path}: ${message}` : message))
        .join('; '),
    );
  }
  return parsed.spec;
}

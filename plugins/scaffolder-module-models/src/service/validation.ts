import type { ApiHolder } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import { parseTeamServiceSpec } from '@llm-platform/plugin-models-common';
import { modelsApiRef } from '@llm-platform/plugin-models-react';

/** Keeps the form from going on while something is wrong with the spec or the preflight blocks. */
export async function validateService(
  value: { cluster: string; spec: Record<string, unknown> } | undefined,
  field: { addError(message: string): void },
  context: { apiHolder: ApiHolder },
): Promise<void> {
  if (!value?.cluster) {
    field.addError('Choose a cluster.');
    return;
  }
  const parsed = parseTeamServiceSpec(value.spec);
  if (!parsed.ok) {
    for (const { path, message } of parsed.problems) {
      field.addError(path ? `${path}: ${message}` : message);
    }
    return;
  }
  const api = context.apiHolder.get(modelsApiRef);
  if (!api) {
    field.addError(
      'The models plugin is not installed, so nothing can be checked.',
    );
    return;
  }
  try {
    const { checks } = await api.preflightService({
      cluster: value.cluster,
      spec: parsed.spec,
    });
    for (const { title, verdict, message, remedy } of checks) {
      if (verdict === 'block') {
        field.addError(
          [`${title}: ${message}`, remedy].filter(Boolean).join(' '),
        );
      }
    }
  } catch (caught) {
    field.addError(
      `The check before creating failed: ${toError(caught).message} Try again.`,
    );
  }
}

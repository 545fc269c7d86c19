import type { ApiHolder } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import { parseModelDeploymentSpec } from '@llm-platform/plugin-models-common';
import { modelsApiRef } from '@llm-platform/plugin-models-react';

/** Reasons not to go on: what is wrong with the spec, or what the preflight blocks. */
export async function findObstacles(
  value: { cluster?: string; spec?: unknown } | undefined,
  apiHolder: ApiHolder,
): Promise<string[]> {
  if (!value?.cluster) {
    return ['Choose a cluster.'];
  }
  const parsed = parseModelDeploymentSpec(value.spec);
  if (!parsed.ok) {
    return parsed.problems.map(({ path, message }) =>
      path ? `${path}: ${message}` : message,
    );
  }
  const api = apiHolder.get(modelsApiRef);
  if (!api) {
    return ['The models plugin is not installed, so nothing can be checked.'];
  }
  try {
    const { checks } = await api.preflight({
      cluster: value.cluster,
      spec: parsed.spec,
    });
    return checks
      .filter(({ verdict }) => verdict === 'block')
      .map(({ title, message, remedy }) =>
        [`${title}: ${message}`, remedy].filter(Boolean).join(' '),
      );
  } catch (caught) {
    return [
      `The check before deploying failed: ${
        toError(caught).message
      } Try again.`,
    ];
  }
}

/** Keeps the form from going on while {@link findObstacles} finds any. */
export async function validateDeployment(
  value: { cluster: string; spec: Record<string, unknown> },
  field: { addError(message: string): void },
  context: { apiHolder: ApiHolder },
): Promise<void> {
  for (const obstacle of await findObstacles(value, context.apiHolder)) {
    field.addError(obstacle);
  }
}

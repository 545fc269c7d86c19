import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';

/** An action's context, with what it logs and puts out. */
export function contextFor<T extends object>(input: T, options: object = {}) {
  const lines: string[] = [];
  const logger = mockServices.logger.mock({
    info: (line: string) => lines.push(line),
    warn: (line: string) => lines.push(`warn ${line}`),
  });
  const context = createMockActionContext({
    input: input as never,
    logger,
    task: { id: 'task-1' },
  });
  Object.assign(context, {
    getInitiatorCredentials: async () =>
      mockCredentials.user('user:default/mia'),
    ...options,
  });
  const outputs: Record<string, unknown> = {};
  context.output = ((name: string, value: unknown) => {
    outputs[name] = value;
  }) as typeof context.output;
  return { context, lines, outputs };
}

/** The body with which a plugin refuses. */
export function errorBody(name: string, message: string) {
  return { error: { name, message }, response: { statusCode: 400 } };
}

import { EnvironmentError } from '@llm-platform/service-kit';
import type { GatewayEnvironment } from './environment';
import { ConfiguredRoutes } from './routes';

/** The operator's route table, undefined where there is none. Throws with every problem. */
export async function readConfiguredRoutes(
  env: Pick<GatewayEnvironment, 'ROUTE_TABLE' | 'ROUTE_TABLE_FILE'>,
): Promise<ConfiguredRoutes | undefined> {
  const { ROUTE_TABLE: text, ROUTE_TABLE_FILE: file } = env;
  if (text !== undefined && file !== undefined) {
    throw new EnvironmentError([
      'ROUTE_TABLE: set either this or ROUTE_TABLE_FILE',
    ]);
  }
  if (file !== undefined) {
    return ConfiguredRoutes.fromFile(file);
  }
  return text === undefined ? undefined : ConfiguredRoutes.fromText(text);
}

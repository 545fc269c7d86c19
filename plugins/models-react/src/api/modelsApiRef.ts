import { createApiRef } from '@backstage/frontend-plugin-api';
import type { ModelsApiClient } from '@llm-platform/plugin-models-common';

/** What the pages ask of models-backend. @public */
export type ModelsApi = ModelsApiClient;

/** Provided by the plugin `models`; any frontend plugin may use it. @public */
export const modelsApiRef = createApiRef<ModelsApi>().with({
  id: 'plugin.models.api',
  pluginId: 'models',
});

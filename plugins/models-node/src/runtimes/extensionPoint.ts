import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { ModelRuntime } from './types';

/** @public */
export interface ModelRuntimesExtensionPoint {
  addRuntime(runtime: ModelRuntime): void;
}

/**
 * Adds ways to serve a model (KServe, KAITO …) to the models plugin.
 *
 * @public
 */
export const modelRuntimesExtensionPoint =
  createExtensionPoint<ModelRuntimesExtensionPoint>({ id: 'models.runtimes' });

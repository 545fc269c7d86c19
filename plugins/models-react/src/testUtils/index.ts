/**
 * A mock of the API and facts to answer with, for tests of plugins that use this package.
 *
 * @packageDocumentation
 */
export { createModelsApiMock } from './createModelsApiMock';
export { diagnosis, gpuAllocation, gpuHolder, gpuNode } from './facts';
export { listOf, modelDetail, modelSummary, overview, podView } from './facts';

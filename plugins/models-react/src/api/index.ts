export { modelsApiRef, type ModelsApi } from './modelsApiRef';
export { ModelsClient, type ModelsClientOptions } from './ModelsClient';
export { readLines } from './readLines';

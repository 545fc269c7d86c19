export { createModelServer } from './modelServer';
export type { ServerLog } from './modelServer';
export { ROUTES } from './routes';
export type { SamplingDefaults } from './sampling';
export type { ServerModel } from './serverModel';

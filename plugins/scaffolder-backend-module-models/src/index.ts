/**
 * Template actions `models:preflight`, `models:apply` and `models:wait-ready`.
 *
 * @packageDocumentation
 */
export { scaffolderModuleModels as default } from './module';

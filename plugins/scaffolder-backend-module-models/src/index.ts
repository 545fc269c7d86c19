/**
 * Template actions that deploy models (`models:…`) and make team services (`services:…`).
 *
 * @packageDocumentation
 */
export { scaffolderModuleModels as default } from './module';

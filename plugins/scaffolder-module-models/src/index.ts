/**
 * Form fields of the model deployment template.
 *
 * @packageDocumentation
 */
export { scaffolderModuleModels as default } from './module';

/**
 * Entity provider: model deployments and team services found in the clusters become catalog entities.
 *
 * @packageDocumentation
 */
export { catalogModuleModels as default } from './module';

/**
 * Hands the clusters of the platform to the Backstage Kubernetes plugin.
 *
 * @packageDocumentation
 */
export { kubernetesModuleModels as default } from './module';

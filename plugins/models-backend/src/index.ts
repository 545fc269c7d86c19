/**
 * Watch cache, REST API, preflight, apply and rollback of model deployments.
 *
 * @packageDocumentation
 */
export { modelsPlugin as default } from './plugin';

/**
 * Home, models list, the page of one model, GPU allocation.
 *
 * @packageDocumentation
 */
export { modelsPlugin as default } from './plugin';

/**
 * Grafana dashboards drawn by the portal itself.
 *
 * @packageDocumentation
 */
export { grafanaPanelsPlugin as default } from './plugin';

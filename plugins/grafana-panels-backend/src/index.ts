/**
 * Dashboards from files and from Grafana, and the answers to their panels' queries, of the viewer's teams only.
 *
 * @packageDocumentation
 */
export { grafanaPanelsPlugin as default } from './plugin';

export { createExporters } from './exporters';
export type { Exporters, ExportersOptions } from './exporters';
export { METRICS_TYPE, metricsText } from './family';
export { capacityOf, kubeletFamilies, mountedClaims } from './kubelet';

export { pointOn, ringPath } from './arc';
export { GaugePanel } from './GaugePanel';

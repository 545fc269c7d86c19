export { TimeSeriesPanel } from './TimeSeriesPanel';

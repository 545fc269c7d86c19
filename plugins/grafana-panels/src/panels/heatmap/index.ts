export { HeatmapPanel } from './HeatmapPanel';

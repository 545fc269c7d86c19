export { BarChartPanel } from './BarChartPanel';

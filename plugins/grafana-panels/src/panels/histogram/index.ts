export { HistogramPanel } from './HistogramPanel';

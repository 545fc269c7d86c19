export { useTimeRange, type LiveTimeRange } from './useTimeRange';

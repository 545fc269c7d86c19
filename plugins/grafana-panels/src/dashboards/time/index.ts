export { RefreshPicker } from './RefreshPicker';
export { TimeRangePicker } from './TimeRangePicker';
export { useTimeRange, type LiveTimeRange } from './useTimeRange';
export {
  DEFAULT_RANGE,
  shiftRange,
  write as writeRange,
  zoomOut,
} from './timeRange';

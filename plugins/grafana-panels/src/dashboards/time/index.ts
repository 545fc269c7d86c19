export { RefreshPicker } from './RefreshPicker';
export { TimeRangePicker } from './TimeRangePicker';
export { useTimeRange, type LiveTimeRange } from './useTimeRange';
export { shiftRange, write as writeRange, zoomOut } from './timeRange';

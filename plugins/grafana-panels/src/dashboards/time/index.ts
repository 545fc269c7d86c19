export { RefreshPicker } from './RefreshPicker';
export { TimeRangePicker } from './TimeRangePicker';
export { useDashboardTime } from './useDashboardTime';
export type { LiveTimeRange } from './useTimeRange';
export { shiftRange, write as writeRange, zoomOut } from './timeRange';

export { StateTimelinePanel, StatusHistoryPanel } from './TimelinePanel';

export {
  StartTimelineView,
  type StartTimelineViewProps,
} from './StartTimelineView';

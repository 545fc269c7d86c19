export { CopyField, type CopyFieldProps } from './CopyField';
export { EmptyState, type EmptyStateProps } from './EmptyState';
export { ErrorPanel, type ErrorPanelProps } from './ErrorPanel';
export {
  errorMessage,
  explainError,
  type ErrorExplanation,
} from './explainError';
export { MemoryBar, type MemoryBarProps } from './MemoryBar';
export { PageFrame, type PageFrameProps } from './PageFrame';
export {
  PreflightPanel,
  type FitSuggestion,
  type PanelReport,
  type PreflightPanelProps,
} from './PreflightPanel';
export { RelativeTime, type RelativeTimeProps } from './RelativeTime';
export { Section, type SectionProps } from './Section';
export { SimulatedChip, type SimulatedChipProps } from './SimulatedChip';
export { StaleBanner, type StaleBannerProps } from './StaleBanner';
export { clusterErrors, unreadClusters } from './unreadClusters';
export { useNow } from './useNow';

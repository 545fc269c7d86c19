export type { DashboardSettings } from './settings';
export {
  useOwnSettings,
  useUrlSettings,
  type SettingsControl,
} from './useSettings';

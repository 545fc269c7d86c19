export {
  mixOn,
  readableOn,
  readableTextOn,
  textOn,
  withOpacity,
} from './contrast';
export { createPanelTheme, type PanelTokens } from './createPanelTheme';
export { SERIES_COLORS } from './palette';
export { usePanelTheme } from './usePanelTheme';

export { mixOn, readableTextOn, textOn, withOpacity } from './contrast';
export { createPanelTheme } from './createPanelTheme';
export { usePanelTheme } from './usePanelTheme';

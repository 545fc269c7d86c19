export { DataTable } from './datatable';
export { PanelView } from './PanelView';
export { PANELS } from './registry';
export type { PanelProps, ResolveUrl } from './types';

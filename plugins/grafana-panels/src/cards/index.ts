export { EntityPanelCards } from './EntityPanelCards';
export { PanelCard, type PanelCardProps } from './PanelCard';
export { TeamPanels } from './TeamPanels';

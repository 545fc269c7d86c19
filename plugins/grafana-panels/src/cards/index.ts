export { EntityPanelCards } from './EntityPanelCards';
export { TeamPanels } from './TeamPanels';

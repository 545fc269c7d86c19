export { EntityPanelsContent } from './EntityPanelsContent';
export { ModelPanels } from './ModelPanels';

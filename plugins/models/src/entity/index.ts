export { EntityModelContent } from './EntityModelContent';
export { EntityModelCard } from './EntityModelCard';

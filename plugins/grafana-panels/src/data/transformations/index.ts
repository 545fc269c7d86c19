export { TRANSFORMATION_IDS } from './registry';
export { transform, unknownTransformations } from './transform';

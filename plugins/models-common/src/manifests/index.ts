export * from './types';
export * from './render';
export * from './inventory';
export * from './modelInventory';
export { applySetId, parentName, volumeClaimName } from './names';

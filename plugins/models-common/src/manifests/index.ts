export * from './types';
export * from './render';
export * from './inventory';
export { applySetId, parentName, volumeClaimName } from './names';

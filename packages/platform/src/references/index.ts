export * from './problem';
export * from './outside';
export * from './objects';
export * from './files';
export * from './readTree';
export { isForeignKind } from './kinds';

export * from './fields';
export * from './collector';
export * from './texts';

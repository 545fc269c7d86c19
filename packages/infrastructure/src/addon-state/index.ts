export * from './AddonStates';
export * from './bringToState';
export * from './decide';
export * from './eksAddonApi';
export * from './types';

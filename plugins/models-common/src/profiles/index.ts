export * from './types';
export * from './capability';
export * from './profiles';
export * from './presets';

export * from './changes';
export * from './complete';
export * from './names';
export * from './types';

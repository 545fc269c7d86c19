export * from './types';
export * from './UsableModels';

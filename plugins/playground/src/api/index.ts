export * from './playgroundApiRef';
export * from './PlaygroundClient';
export * from './types';

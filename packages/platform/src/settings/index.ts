export * from './checkSettings';
export * from './copyWithSettings';

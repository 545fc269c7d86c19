export * from './decisions';
export * from './rules';

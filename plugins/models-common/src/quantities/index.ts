export * from './quantities';
export * from './format';

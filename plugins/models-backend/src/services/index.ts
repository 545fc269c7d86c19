export * from './judgement';
export * from './preflight';
export * from './writer';

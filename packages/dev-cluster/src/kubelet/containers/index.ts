export * from './containerRunner';
export * from './env';
export * from './launch';
export * from './orphans';
export * from './quantity';
export * from './references';

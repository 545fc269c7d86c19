export * from './atomicWriter';
export * from './podVolumes';
export * from './sources';
export * from './tokens';

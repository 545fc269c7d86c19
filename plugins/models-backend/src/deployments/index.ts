export * from './details';
export * from './facts';
export * from './summaries';

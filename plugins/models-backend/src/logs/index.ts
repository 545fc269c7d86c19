export * from './snapshots';
export * from './stream';

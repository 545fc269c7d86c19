export * from './attention';
export * from './overview';

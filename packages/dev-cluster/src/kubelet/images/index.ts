export * from './catalogue';
export * from './puller';
export * from './reference';

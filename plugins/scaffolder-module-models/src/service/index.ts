export * from './TeamServiceField';
export * from './validation';

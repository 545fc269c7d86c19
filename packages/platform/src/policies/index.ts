export * from './activate';
export * from './fixtures';

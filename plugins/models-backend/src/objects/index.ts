export * from './appliedFields';
export * from './changes';
export * from './objectApi';
export * from './paths';

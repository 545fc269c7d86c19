export * from './ImageBuilder';

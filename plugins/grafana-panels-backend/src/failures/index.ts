export * from './QueryFailure';

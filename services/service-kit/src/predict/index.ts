export * from './parameters';
export { modelProblems } from './predictRoute';

export * from './addEvaluations';

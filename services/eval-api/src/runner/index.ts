export * from './EvaluationRunner';

export { QueryBatcher, type Question } from './QueryBatcher';
export { stepOf, type Step } from './step';

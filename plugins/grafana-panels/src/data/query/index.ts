export {
  QueryBatcher,
  type Question,
  type QuestionAnswer,
} from './QueryBatcher';
export { stepOf, type Step } from './step';

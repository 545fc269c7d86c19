export {
  alignFields,
  type AlignedFields,
  type DrawnValues,
} from './alignFields';
export { customOf, graphFieldsOf, type GraphField } from './graphFields';

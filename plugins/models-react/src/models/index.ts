export { ModelsTable, type ModelsTableProps } from './ModelsTable';
export {
  countStates,
  selectModels,
  type ModelsFilter,
  type Sort,
  type SortKey,
} from './filter';

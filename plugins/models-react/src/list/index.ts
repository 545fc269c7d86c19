export { ChipFilter, type ChipFilterProps } from './ChipFilter';
export { FilteredList, type FilteredListProps } from './FilteredList';
export { ListLoading, type ListLoadingProps } from './ListLoading';
export { SelectFilter, type SelectFilterProps } from './SelectFilter';

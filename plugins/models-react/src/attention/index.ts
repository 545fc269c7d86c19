export { AttentionList, type AttentionListProps } from './AttentionList';

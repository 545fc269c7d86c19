export { useVariables, type LiveChain } from './useVariables';

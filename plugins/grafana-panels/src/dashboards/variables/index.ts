export { VariablesBar } from './VariablesBar';

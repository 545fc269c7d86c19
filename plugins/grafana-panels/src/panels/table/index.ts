export { TablePanel } from './TablePanel';

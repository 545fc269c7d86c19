export { StatPanel } from './StatPanel';

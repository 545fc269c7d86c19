export { TextPanel } from './TextPanel';

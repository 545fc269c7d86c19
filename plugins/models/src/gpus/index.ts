export { GpusPage } from './GpusPage';

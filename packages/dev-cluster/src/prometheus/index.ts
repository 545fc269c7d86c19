export { prometheusImage } from './prometheusImage';

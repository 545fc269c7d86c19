export { quantApi } from './quantApi';

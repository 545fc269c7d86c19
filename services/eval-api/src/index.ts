export { evalApi } from './evalApi';

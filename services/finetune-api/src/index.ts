export { finetuneApi } from './finetuneApi';

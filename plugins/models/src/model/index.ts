export { ModelPage } from './ModelPage';
export { ModelOverview } from './ModelOverview';
export { ModelMenu } from './ModelMenu';

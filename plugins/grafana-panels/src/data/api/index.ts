export { GrafanaPanelsClient } from './GrafanaPanelsClient';
export {
  grafanaPanelsApiRef,
  type DataSourceInfo,
  type GrafanaPanelsApi,
  type LabelsRequest,
  type LabelsResponse,
} from './grafanaPanelsApiRef';

export { GrafanaPanelsClient } from './GrafanaPanelsClient';
export {
  grafanaPanelsApiRef,
  type GrafanaPanelsApi,
} from './grafanaPanelsApiRef';

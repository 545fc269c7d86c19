export { panelRange } from './panelRange';

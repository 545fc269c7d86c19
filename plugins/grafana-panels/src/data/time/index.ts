export { describeOwnRange, panelRange } from './panelRange';

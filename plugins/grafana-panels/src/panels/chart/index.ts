export { shorten, textWidth, widestText } from './text';
export { ticksBetween } from './ticks';

export { Fade, fadesTo } from './Fade';
export { CHARACTER_WIDTH, shorten, textWidth, widestText } from './text';
export { ticksBetween } from './ticks';

export { describeMark } from './annotations';
export { axisFont, axisTexts, fitNames, valueAxis } from './axes';
export { Plot, type PlotOptions } from './Plot';
export { timePlot, type LiveTimePlot, type TimePlotSettings } from './timePlot';
export { isKeyboardCursor, type TooltipSource } from './tooltip';

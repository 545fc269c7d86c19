export { annotationsPlugin, describeMark } from './annotations';
export { axisFont, axisTexts, timeAxis, tzDateOf, valueAxis } from './axes';
export { Plot, type PlotOptions } from './Plot';
export {
  tooltipPlugin,
  type TooltipContent,
  type TooltipRow,
  type TooltipSource,
} from './tooltip';
export { zoomPlugin } from './zoom';

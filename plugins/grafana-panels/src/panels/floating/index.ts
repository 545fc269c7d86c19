export { Floating, type TooltipContent, type TooltipRow } from './Floating';
export { arrangeRows, tooltipOf, type TooltipOptions } from './tooltipOptions';
export { useFloating } from './useFloating';

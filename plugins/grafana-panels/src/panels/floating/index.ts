export { Floating, type TooltipContent, type TooltipRow } from './Floating';
export { useFloating } from './useFloating';

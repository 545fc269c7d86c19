export { colorAt, limitsOf, NOTHING, shareOf, textOfFigure } from './colorAt';
export { tilesFor, type Orientation, type Tiles } from './grid';
export { Sparkline } from './Sparkline';
export { fitText } from './textSize';
export { useDisplayValues } from './useDisplayValues';

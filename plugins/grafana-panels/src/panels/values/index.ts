export { colorAt, limitsOf, shareOf, textOfFigure } from './colorAt';
export { displayValuesOf, reduceOptionsOf } from './displayValues';
export { tilesFor, type Orientation, type Tiles } from './grid';
export { Sparkline } from './Sparkline';
export { fitText } from './textSize';

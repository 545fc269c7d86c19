import { useEffect, useMemo, type MouseEvent } from 'react';
import { Floating, type TooltipContent } from './Floating';

/** Handlers for the elements of a picture that isn't a plot: the tooltip follows the pointer without rendering. */
export function useFloating(): (content: () => TooltipContent) => {
  onMouseEnter: () => void;
  onMouseMove: (event: MouseEvent) => void;
  onMouseLeave: () => void;
} {
  const floating = useMemo(() => new Floating(), []);
  useEffect(() => () => floating.hide(), [floating]);
  return useMemo(
    () => content => ({
      onMouseEnter: () => floating.show(content()),
      onMouseMove: event => floating.moveTo(event.clientX, event.clientY),
      onMouseLeave: () => floating.hide(),
    }),
    [floating],
  );
}

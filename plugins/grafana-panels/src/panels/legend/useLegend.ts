import { useMemo, useState } from 'react';
import type { PanelProps } from '../types';
import { legendOf } from './legendOptions';
import type { HiddenNames } from './visibility';

/** A panel's legend for `WithLegend`: what the dashboard says about it, and what the reader has switched off. */
export function useLegend({
  options,
  width,
  height,
}: Pick<PanelProps, 'options' | 'width' | 'height'>) {
  const [hidden, onHide] = useState<HiddenNames>(new Set());
  const legend = useMemo(() => legendOf(options), [options]);
  return { options: legend, hidden, onHide, width, height };
}

import type { ReactNode } from 'react';
import { Legend } from './Legend';
import { LegendLayout } from './LegendLayout';
import type { Legend as LegendOptions } from './legendOptions';
import { legendWidth } from './legendWidth';
import type { LegendItem } from './types';
import { toggleName, type HiddenNames } from './visibility';

export interface WithLegendProps {
  options: LegendOptions;
  items: LegendItem[];
  /** CSS pixels of picture and legend together. */
  width: number;
  height: number;
  hidden?: HiddenNames;
  /** What is switched off after a click in the legend. Without it the legend only explains. */
  onHide?: (hidden: HiddenNames) => void;
  /** Draws the picture into what the legend leaves. */
  children: (width: number, height: number) => ReactNode;
}

const NOTHING_HIDDEN: HiddenNames = new Set();

/** A picture with its legend. */
export function WithLegend(props: WithLegendProps) {
  const { options, items, width, height, onHide, children } = props;
  const hidden = props.hidden ?? NOTHING_HIDDEN;
  const names = items.map(({ name }) => name);
  return (
    <LegendLayout
      options={options}
      width={width}
      height={height}
      neededWidth={legendWidth(items, options.isTable)}
      legend={
        <Legend
          options={options}
          items={items}
          hidden={hidden}
          onToggle={
            onHide &&
            ((name, onlyThis) =>
              onHide(toggleName(hidden, names, name, onlyThis)))
          }
        />
      }
    >
      {children}
    </LegendLayout>
  );
}

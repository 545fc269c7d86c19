import { useMemo } from 'react';
import type { PanelProps } from '../types';
import { tilesFor, useDisplayValues, type Orientation } from '../values';
import { Gauge } from './Gauge';
import { gaugeOptions } from './options';
import { withPercentRange } from './percentRange';
import css from './Gauge.module.css';

const GAP = 8;
const TILE_RATIO = 1.3;

/** Figures on an arc between their limits. */
export function GaugePanel(props: PanelProps) {
  const { width, height, theme, timeZone } = props;
  const { frames } = props.data;
  const options = gaugeOptions(props.options);
  const ranged = useMemo(
    () => withPercentRange(frames, theme, timeZone),
    [frames, theme, timeZone],
  );
  const values = useDisplayValues(
    { ...props, data: { frames: ranged } },
    { sparkline: options.sparkline },
  );
  const tiles = tilesFor(
    values.length,
    options.orientation as Orientation,
    width,
    height,
    GAP,
    TILE_RATIO,
  );
  return (
    <ul
      className={css.tiles}
      style={{ gridTemplateColumns: `repeat(${tiles.columns}, 1fr)`, gap: GAP }}
    >
      {values.map((value, index) => (
        <Gauge
          key={`${index} ${value.display.title}`}
          value={value}
          options={options}
          showsName={
            Boolean(value.display.title) &&
            (options.textMode === 'auto'
              ? values.length > 1
              : options.textMode.includes('name'))
          }
          width={tiles.width}
          height={tiles.height}
          theme={theme}
        />
      ))}
    </ul>
  );
}

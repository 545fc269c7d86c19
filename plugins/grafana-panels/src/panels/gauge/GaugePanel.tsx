import { useMemo } from 'react';
import type { PanelProps } from '../types';
import { displayValuesOf, tilesFor, type Orientation } from '../values';
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
  const values = useMemo(
    () =>
      displayValuesOf(
        {
          ...props,
          data: {
            ...props.data,
            frames: withPercentRange(frames, theme, timeZone),
          },
        },
        { sparkline: options.sparkline },
      ),
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [frames, props.options, props.fieldConfig, theme, timeZone],
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

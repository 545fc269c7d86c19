import { useMemo } from 'react';
import type { PanelProps } from '../types';
import { displayValuesOf, tilesFor, type Orientation } from '../values';
import { Gauge } from './Gauge';
import { gaugeOptions } from './options';
import css from './Gauge.module.css';

const GAP = 8;
const TILE_RATIO = 1.3;

/** Figures on an arc between their limits. */
export function GaugePanel(props: PanelProps) {
  const { width, height, theme } = props;
  const options = gaugeOptions(props.options);
  const values = useMemo(
    () => displayValuesOf(props, { sparkline: options.sparkline }),
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [props.data.frames, props.options, props.fieldConfig, theme],
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

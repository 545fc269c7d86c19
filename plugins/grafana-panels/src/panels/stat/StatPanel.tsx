import type { PanelProps } from '../types';
import { tilesFor, useDisplayValues } from '../values';
import { StatTile } from './StatTile';
import { statOptions } from './options';
import css from './Stat.module.css';

const GAP = 8;

/** Large figures, each with its curve. */
export function StatPanel(props: PanelProps) {
  const { width, height, theme } = props;
  const options = statOptions(props.options);
  const values = useDisplayValues(props, {
    sparkline: true,
    percentChange: true,
  });
  const tiles = tilesFor(
    values.length,
    options.orientation,
    width,
    height,
    GAP,
  );
  const texts = values.map(({ display }) =>
    [display.prefix, display.text, display.suffix].filter(Boolean).join(''),
  );
  return (
    <ul
      className={css.tiles}
      style={{ gridTemplateColumns: `repeat(${tiles.columns}, 1fr)`, gap: GAP }}
    >
      {values.map((value, index) => (
        <StatTile
          key={`${index} ${value.display.title}`}
          value={value}
          options={options}
          hasSiblings={values.length > 1}
          // Figures side by side are as large as the longest of them can be.
          longestText={longest(texts)}
          longestName={longest(
            values.map(({ display }) => display.title ?? ''),
          )}
          width={tiles.width}
          height={tiles.height}
          theme={theme}
        />
      ))}
    </ul>
  );
}

function longest(texts: string[]): string {
  return texts.reduce((a, b) => (b.length > a.length ? b : a), '');
}

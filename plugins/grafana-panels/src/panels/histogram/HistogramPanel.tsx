import { useMemo, useState } from 'react';
import { tooltipOf } from '../floating';
import { calcValues, legendOf, WithLegend, type HiddenNames } from '../legend';
import { Message } from '../state';
import type { PanelProps } from '../types';
import { Buckets } from './Buckets';
import { histogramModel } from './model';

/** How often which values occur. */
export function HistogramPanel(props: PanelProps) {
  const { data, options, theme } = props;
  const [hidden, setHidden] = useState<HiddenNames>(new Set());
  const model = useMemo(
    () => histogramModel(data.frames, options, theme),
    [data.frames, options, theme],
  );
  if (!model || model.lows.length === 0) {
    return (
      <Message title="Nothing to count" text="A histogram needs numbers." />
    );
  }
  const legend = legendOf(options);
  const items = model.series.map(({ name, color, field }) => ({
    name,
    color,
    values: calcValues(field, legend.calcs),
  }));
  return (
    <WithLegend
      options={legend}
      items={items}
      width={props.width}
      height={props.height}
      hidden={hidden}
      onHide={setHidden}
    >
      {(width, height) => (
        <Buckets
          model={{
            ...model,
            series: model.series.filter(({ name }) => !hidden.has(name)),
          }}
          width={width}
          height={height}
          tooltip={tooltipOf(options)}
          theme={theme}
        />
      )}
    </WithLegend>
  );
}

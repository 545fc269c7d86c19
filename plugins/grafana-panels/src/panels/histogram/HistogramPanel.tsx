import { useMemo } from 'react';
import { tooltipOf } from '../floating';
import { calcValues, useLegend, WithLegend } from '../legend';
import { Message } from '../state';
import type { PanelProps } from '../types';
import { Buckets } from './Buckets';
import { histogramModel } from './model';

/** How often which values occur. */
export function HistogramPanel(props: PanelProps) {
  const { data, options, theme } = props;
  const legend = useLegend(props);
  const { hidden } = legend;
  const model = useMemo(
    () => histogramModel(data.frames, options, theme),
    [data.frames, options, theme],
  );
  if (!model || model.lows.length === 0) {
    return (
      <Message title="Nothing to count" text="A histogram needs numbers." />
    );
  }
  const items = model.series.map(({ name, color, field }) => ({
    name,
    color,
    values: calcValues(field, legend.options.calcs),
  }));
  return (
    <WithLegend {...legend} items={items}>
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

import { useMemo } from 'react';
import { plural } from '@llm-platform/plugin-models-react';
import { calcValues, useLegend, WithLegend } from '../legend';
import { Message } from '../state';
import type { PanelProps } from '../types';
import { Bars } from './Bars';
import { barChartModel, visibleOf } from './model';
import { barChartOptions } from './options';
import css from './BarChart.module.css';

const NOTE = 18;

/** A bar for each category. */
export function BarChartPanel(props: PanelProps) {
  const { data, theme, timeZone } = props;
  const legend = useLegend(props);
  const { hidden } = legend;
  const options = useMemo(
    () => barChartOptions(props.options),
    [props.options],
  );
  const model = useMemo(
    () => barChartModel(data.frames, options, theme, timeZone),
    [data.frames, options, theme, timeZone],
  );
  if (!model || model.series.length === 0) {
    return (
      <Message
        title="Nothing to compare"
        text="A bar chart needs a column of names and one of numbers. Show the data as a table."
      />
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
        <div>
          <Bars
            categories={model.categories}
            areTimes={model.areTimes}
            series={visibleOf(model, hidden)}
            options={options}
            width={width}
            height={model.left > 0 ? height - NOTE : height}
            theme={theme}
          />
          {model.left > 0 ? (
            <p className={css.note}>
              {plural(model.left, 'category', 'categories')} left out; the table
              has all.
            </p>
          ) : undefined}
        </div>
      )}
    </WithLegend>
  );
}

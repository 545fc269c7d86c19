import { useMemo, useState } from 'react';
import { plural } from '@llm-platform/plugin-models-react';
import {
  calcValues,
  Legend,
  LegendLayout,
  legendOf,
  legendWidth,
  toggleName,
  type HiddenNames,
} from '../legend';
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
  const [hidden, setHidden] = useState<HiddenNames>(new Set());
  const options = barChartOptions(props.options);
  const model = useMemo(
    () => barChartModel(data.frames, options, theme, timeZone),
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [data.frames, props.options, theme, timeZone],
  );
  if (!model || model.series.length === 0) {
    return (
      <Message
        title="Nothing to compare"
        text="A bar chart needs a column of names and one of numbers. Show the data as a table."
      />
    );
  }
  const legend = legendOf(props.options);
  const names = model.series.map(({ name }) => name);
  const items = model.series.map(({ name, color, field }) => ({
    name,
    color,
    values: calcValues(field, legend.calcs),
  }));
  return (
    <LegendLayout
      options={legend}
      width={props.width}
      height={props.height}
      neededWidth={legendWidth(items)}
      legend={
        <Legend
          options={legend}
          items={items}
          hidden={hidden}
          onToggle={(name, onlyThis) =>
            setHidden(toggleName(hidden, names, name, onlyThis))
          }
        />
      }
    >
      {(width, height) => (
        <div>
          <Bars
            categories={model.categories}
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
    </LegendLayout>
  );
}

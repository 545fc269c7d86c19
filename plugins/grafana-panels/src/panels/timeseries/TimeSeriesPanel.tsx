import { useMemo, useRef } from 'react';
import type { Field } from '@grafana/data';
import { calcValues, useLegend, WithLegend, type LegendItem } from '../legend';
import { tooltipOf } from '../floating';
import { Plot } from '../plot';
import { Message } from '../state';
import type { PanelProps } from '../types';
import { structureOf, timeSeriesModel, type TimeSeriesModel } from './model';
import { plotOptions, type LivePlot } from './plotOptions';
import { timeSeriesTooltip } from './tooltipSource';

/** Lines, bars and points over time. */
export function TimeSeriesPanel(props: PanelProps) {
  const { data, theme, timeZone, options, crosshairKey, onZoom } = props;
  const legend = useLegend(props);
  const { hidden } = legend;
  const model = useMemo(
    () => timeSeriesModel(data.frames, theme, hidden),
    [data.frames, theme, hidden],
  );
  const tooltip = useMemo(
    () => timeSeriesTooltip(model, tooltipOf(options), timeZone),
    [model, options, timeZone],
  );
  const { from, to } = data.timeRange;
  const live = useRef<LivePlot>();
  live.current = {
    model,
    timeRange: data.timeRange,
    annotations: data.annotations,
    tooltip,
    onZoom,
  };
  const structure = structureOf(model);
  const built = useMemo(
    () => plotOptions(() => live.current!, { theme, timeZone, crosshairKey }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the structure says when a plot has to be built anew; the rest it reads through `live`
    [structure, theme, timeZone, crosshairKey],
  );
  const drawnData = useMemo(
    () => [...model.data] as unknown as TimeSeriesModel['data'],
    // eslint-disable-next-line react-hooks/exhaustive-deps -- new annotations or another range are drawn like new data
    [model, from, to, data.annotations],
  );

  const { calcs } = legend.options;
  const items = useMemo(() => legendItems(model, calcs), [model, calcs]);

  if (model.fields.length === 0) {
    return (
      <Message
        title="Nothing over time"
        text="The data has no numbers with times. Show it as a table."
      />
    );
  }
  return (
    <WithLegend {...legend} items={items}>
      {(width, height) => (
        <Plot
          options={built}
          data={drawnData}
          width={width}
          height={height}
          label={labelOf(props.title, model)}
          tooltip={tooltip}
        />
      )}
    </WithLegend>
  );
}

function legendItems(model: TimeSeriesModel, calcs: string[]): LegendItem[] {
  const [first] = model.fields;
  const isSecondUnit = ({ config }: Field) =>
    config.unit !== first?.field.config.unit;
  return model.fields
    .filter(({ custom }) => !custom.hideFrom?.legend)
    .map(({ name, color, field, custom }) => ({
      name,
      color,
      values: calcValues(field, calcs),
      isRight:
        custom.axisPlacement === 'right' ||
        (custom.axisPlacement !== 'left' && isSecondUnit(field)),
    }));
}

function labelOf(title: string, model: TimeSeriesModel): string {
  const count = model.fields.length;
  return `${
    title || 'Time series'
  }: ${count} series over time. Arrow keys read the values.`;
}

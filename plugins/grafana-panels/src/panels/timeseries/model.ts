import type uPlot from 'uplot';
import type { GrafanaTheme2 } from '@grafana/data';
import { alignFields, graphFieldsOf, type GraphField } from '../series';
import type { HiddenNames } from '../legend';
import type { PanelProps } from '../types';
import { scaleKeyOf } from './scales';
import { stackValues } from './stack';

/** A time series panel, computed: what uPlot draws, and what tooltip and legend say about it. */
export interface TimeSeriesModel {
  /** All curves of the panel; those that the reader switched off too. */
  fields: GraphField[];
  /**
   * The visible ones in the order in which they are drawn: last first, so that the first of a stack, at whose edge
   * the next one starts, is drawn over it.
   */
  drawn: GraphField[];
  /** Per `drawn`: the key of its y scale. */
  scaleKeys: string[];
  /** Times and, per `drawn`, the values with stacking and turning down. */
  data: uPlot.AlignedData;
  /** Per `drawn`: the values as they came, at the times of `data`. */
  values: Array<Array<number | null | undefined>>;
  /** Pairs of positions in `data` with an area between them. */
  bands: Array<[upper: number, lower: number]>;
}

export function timeSeriesModel(
  frames: PanelProps['data']['frames'],
  theme: GrafanaTheme2,
  hidden: HiddenNames,
): TimeSeriesModel {
  const fields = graphFieldsOf(frames, theme);
  const visible = fields.filter(({ name }) => !hidden.has(name));
  const keys = visible.map(scaleKeyOf);
  const aligned = alignFields(visible);
  const stacked = stackValues(visible, aligned.values, keys);
  // Position in uPlot's data, where 0 are the times, of the nth visible curve.
  const positionOf = (index: number) => visible.length - index;
  const bands = [...stacked.bands, ...fillBelowBands(visible)].map(
    ([upper, lower]): [number, number] => [
      positionOf(upper),
      positionOf(lower),
    ],
  );
  return {
    fields,
    drawn: [...visible].reverse(),
    scaleKeys: [...keys].reverse(),
    data: [
      aligned.times,
      ...[...stacked.values].reverse(),
    ] as uPlot.AlignedData,
    values: [...aligned.values].reverse(),
    bands,
  };
}

/** `fillBelowTo`: the area between a curve and the one that it names. */
function fillBelowBands(fields: GraphField[]): Array<[number, number]> {
  return fields.flatMap(({ custom }, index): Array<[number, number]> => {
    const lower = custom.fillBelowTo
      ? fields.findIndex(({ name }) => name === custom.fillBelowTo)
      : -1;
    return lower < 0 || lower === index ? [] : [[index, lower]];
  });
}

/** What plots are built from, as text: while it stays the same, new data goes into the plot that is there. */
export function structureOf(model: TimeSeriesModel): string {
  return JSON.stringify([
    model.drawn.map(({ name, color, field, custom }) => [
      name,
      color,
      custom,
      field.config.unit,
      field.config.decimals,
      field.config.min,
      field.config.max,
      field.config.thresholds,
      field.config.color,
    ]),
    model.bands,
  ]);
}

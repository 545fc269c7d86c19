import type { GrafanaTheme2 } from '@grafana/data';
import type { GraphGradientMode } from '@grafana/schema';
import type uPlot from 'uplot';
import { withOpacity } from '../../theme';
import type { GraphField } from '../series';
import { thresholdSteps } from '../thresholds';

/** How finely a continuous scale of colours is drawn. */
const GRADIENT_STOPS = 24;

/** The stroke of a curve: one colour, or the colours of its values from bottom to top. */
export function strokeOf(
  graph: GraphField,
  scaleKey: string,
  theme: GrafanaTheme2,
): uPlot.Series.Stroke {
  const mode: `${GraphGradientMode}` | undefined = graph.custom.gradientMode;
  return mode === 'scheme'
    ? u => valueGradient(u, graph, scaleKey, theme, 1)
    : graph.color;
}

/** The area under a curve, by `fillOpacity` and `gradientMode`; undefined without one. */
export function fillOf(
  graph: GraphField,
  scaleKey: string,
  theme: GrafanaTheme2,
): uPlot.Series.Fill | undefined {
  const opacity = (graph.custom.fillOpacity ?? 0) / 100;
  if (opacity <= 0) {
    return undefined;
  }
  const mode: `${GraphGradientMode}` | undefined = graph.custom.gradientMode;
  const { color } = graph;
  if (mode === 'scheme') {
    return u => valueGradient(u, graph, scaleKey, theme, opacity);
  }
  if (mode === 'opacity' || mode === 'hue') {
    return u =>
      verticalGradient(u, [
        [
          0,
          withOpacity(color, mode === 'hue' ? opacity : Math.min(1, opacity)),
        ],
        [1, withOpacity(color, mode === 'hue' ? opacity * 0.4 : 0)],
      ]);
  }
  return withOpacity(color, opacity);
}

function verticalGradient(
  u: uPlot,
  stops: Array<[offset: number, color: string]>,
): CanvasGradient {
  const { ctx, bbox } = u;
  const gradient = ctx.createLinearGradient(
    0,
    bbox.top,
    0,
    bbox.top + bbox.height,
  );
  stops.forEach(([offset, color]) => gradient.addColorStop(offset, color));
  return gradient;
}

function valueGradient(
  u: uPlot,
  graph: GraphField,
  scaleKey: string,
  theme: GrafanaTheme2,
  opacity: number,
): CanvasGradient | string {
  const { min, max } = u.scales[scaleKey] ?? {};
  // uPlot asks once before it knows the scale.
  if (min === undefined || max === undefined || !(u.bbox.height > 0)) {
    return withOpacity(graph.color, opacity);
  }
  const { display, config } = graph.field;
  const offsetOf = (value: number) =>
    Math.min(
      1,
      Math.max(
        0,
        (u.valToPos(value, scaleKey, true) - u.bbox.top) / u.bbox.height,
      ),
    );
  if (config.color?.mode === 'thresholds') {
    const steps = thresholdSteps(graph.field, theme);
    return verticalGradient(
      u,
      steps.flatMap(({ value, color }, index): Array<[number, string]> => {
        const shade = withOpacity(color, opacity);
        const from = offsetOf(Math.max(min, value));
        const to = offsetOf(Math.min(max, steps[index + 1]?.value ?? max));
        return [
          [from, shade],
          [to, shade],
        ];
      }),
    );
  }
  return verticalGradient(
    u,
    Array.from({ length: GRADIENT_STOPS + 1 }, (_, i): [number, string] => {
      const value = u.posToVal(
        u.bbox.top + (i / GRADIENT_STOPS) * u.bbox.height - u.bbox.top,
        scaleKey,
        true,
      );
      return [
        i / GRADIENT_STOPS,
        withOpacity(display?.(value).color ?? graph.color, opacity),
      ];
    }),
  );
}

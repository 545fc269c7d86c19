import {
  transformDataFrame,
  type DataFrame,
  type DataTransformerConfig,
} from '@grafana/data';
import type {
  DashboardNotice,
  Transformation,
} from '@llm-platform/plugin-grafana-panels-common';
import { isKnownTransformation } from './registry';

/**
 * Frames after a panel's transformations. One that the portal doesn't know is left out; {@link unknownTransformations} says
 * which.
 *
 * @throws Error when a transformation can't work with these frames
 */
export async function transform(
  frames: DataFrame[],
  transformations: readonly Transformation[],
  interpolate: (text: string) => string,
): Promise<DataFrame[]> {
  const known: DataTransformerConfig[] = transformations
    .filter(
      ({ id, disabled, topic }) =>
        !disabled && topic !== 'annotations' && isKnownTransformation(id),
    )
    .map(({ id, options, filter }) => ({ id, options, filter }));
  if (known.length === 0) {
    return frames;
  }
  try {
    return await lastOf(transformDataFrame(known, frames, { interpolate }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The panel's transformations (${known
        .map(({ id }) => id)
        .join(', ')}) don't fit its data: ${reason}`,
    );
  }
}

/** What differs from Grafana because a transformation is missing. */
export function unknownTransformations(
  transformations: readonly Transformation[],
  panelId: string,
): DashboardNotice[] {
  return transformations
    .filter(({ id, disabled }) => !disabled && !isKnownTransformation(id))
    .map(({ id }) => ({
      code: 'transformation',
      severity: 'error' as const,
      message: `The transformation ${id} is not applied; open the panel in Grafana.`,
      panelId,
    }));
}

function lastOf(
  frames: ReturnType<typeof transformDataFrame>,
): Promise<DataFrame[]> {
  return new Promise((resolve, reject) => {
    let last: DataFrame[] = [];
    frames.subscribe({
      next: value => {
        last = value;
      },
      error: reject,
      complete: () => resolve(last),
    });
  });
}

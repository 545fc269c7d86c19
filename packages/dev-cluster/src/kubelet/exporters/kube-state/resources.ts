import { parseQuantity } from '../../containers/quantity';
import { Sample } from '../family';

const UNITS: Record<string, string> = {
  cpu: 'core',
  memory: 'byte',
  storage: 'byte',
  'ephemeral-storage': 'byte',
};

/** A sample for each resource, under the names and units of kube-state-metrics. */
export function resourceSamples(
  labels: Sample['labels'],
  quantities: Readonly<Record<string, string>> | undefined,
): Sample[] {
  return Object.entries(quantities ?? {}).map(([resource, quantity]) => ({
    labels: {
      ...labels,
      resource: resource.replace(/[^a-zA-Z0-9_]/g, '_'),
      unit: UNITS[resource] ?? 'integer',
    },
    value: parseQuantity(quantity),
  }));
}

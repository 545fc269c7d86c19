import { Counter, Gauge, Registry } from 'prom-client';

/** One value of a metric. */
export interface Sample {
  labels: Readonly<Record<string, string>>;
  value: number;
}

/** A metric with its values of now. */
export interface Family {
  name: string;
  help: string;
  type: 'gauge' | 'counter';
  samples: readonly Sample[];
}

/** The content type of what {@link metricsText} writes. */
export const METRICS_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/** The families in Prometheus' text format. */
export function metricsText(families: readonly Family[]): Promise<string> {
  const registry = new Registry();
  // The library would give a metric without values a zero of its own.
  const known = families.filter(({ samples }) => samples.length > 0);
  for (const { name, help, type, samples } of known) {
    const labelNames = [
      ...new Set(samples.flatMap(({ labels }) => Object.keys(labels))),
    ];
    const options = { name, help, labelNames, registers: [registry] };
    if (type === 'counter') {
      const metric = new Counter(options);
      samples.forEach(({ labels, value }) => metric.inc(labels, value));
    } else {
      const metric = new Gauge(options);
      samples.forEach(({ labels, value }) => metric.set(labels, value));
    }
  }
  return registry.metrics();
}

/** A family of gauges. */
export function gauge(
  name: string,
  help: string,
  samples: readonly Sample[],
): Family {
  return { name, help, type: 'gauge', samples };
}

/** A value for each of the words that a thing may be: 1 for the one that it is. */
export function oneOf(
  labels: Sample['labels'],
  label: string,
  words: readonly string[],
  is: string | undefined,
): Sample[] {
  return words.map(word => ({
    labels: { ...labels, [label]: word },
    value: Number(word === is),
  }));
}

import { KnownFields, unknownFields } from './fields';

const SECTIONS = [
  'receivers',
  'processors',
  'exporters',
  'extensions',
  'connectors',
] as const;

type Section = (typeof SECTIONS)[number];
type Components = Partial<Record<Section, Record<string, unknown>>>;
interface Pipeline {
  receivers?: string[];
  processors?: string[];
  exporters?: string[];
}
interface CollectorConfiguration extends Components {
  service?: { extensions?: string[]; pipelines?: Record<string, Pipeline> };
}

/** Components of the collector's image, with their fields. @public */
export type KnownComponents = Record<Section, Record<string, KnownFields>>;

/**
 * What a collector would refuse at its start: a component that its image
 * lacks, a field that a component lacks (incident 7), a pipeline of what is
 * not defined, and what is defined for no pipeline.
 *
 * @public
 */
export function checkCollector(
  configuration: CollectorConfiguration,
  known: KnownComponents,
): string[] {
  const service = configuration.service ?? {};
  const pipelines = Object.entries(service.pipelines ?? {});
  const used: Record<Section, string[]> = {
    receivers: pipelines.flatMap(([, { receivers = [] }]) => receivers),
    processors: pipelines.flatMap(([, { processors = [] }]) => processors),
    exporters: pipelines.flatMap(([, { exporters = [] }]) => exporters),
    extensions: service.extensions ?? [],
    connectors: [],
  };
  return SECTIONS.flatMap(section => {
    const defined = configuration[section] ?? {};
    return [
      ...Object.entries(defined).flatMap(([id, fields]) => {
        // TYPE/NAME
        const [type] = id.split('/');
        if (!Object.hasOwn(known[section] ?? {}, type)) {
          return [
            `${section}.${id}: the collector has no ${type}. It has ${Object.keys(
              known[section] ?? {},
            ).join(', ')}`,
          ];
        }
        return unknownFields(fields, known[section][type]).map(
          field => `${section}.${id}: ${field} is no field of ${type}`,
        );
      }),
      ...used[section]
        .filter(id => !Object.hasOwn(defined, id))
        .map(id => `service uses ${section}.${id}, which is not defined`),
      ...Object.keys(defined)
        .filter(id => section !== 'connectors' && !used[section].includes(id))
        .map(id => `${section}.${id} is in no pipeline: take it out`),
    ];
  });
}

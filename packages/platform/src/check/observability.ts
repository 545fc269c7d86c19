import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import {
  KnownComponents,
  KnownFields,
  checkCollector,
  configurationText,
  unknownFields,
} from '../configuration';
import { complaints } from '../programs';
import type { RenderedObject } from '../rendered';

/** What checks the configuration files of the observability programs. */
export interface ConfigurationTools {
  /** Path of promtool. */
  promtool: string;
  /** The directory of the lists of known fields. */
  fieldsDir: string;
}

/** What is wrong with the configuration that an overlay gives Prometheus, Loki, Tempo and the collectors. */
export async function configurationProblems(
  objects: RenderedObject[],
  { promtool, fieldsDir }: ConfigurationTools,
): Promise<string[]> {
  const known = async <T>(name: string) =>
    parse(await readFile(path.join(fieldsDir, `${name}.yaml`), 'utf8')) as T;
  const collector = await known<KnownComponents>('collector');
  const files: Array<
    [
      configMap: string,
      file: string,
      check: (text: string) => Promise<string[]>,
    ]
  > = [
    [
      'prometheus-config',
      'prometheus.yml',
      // The files that it names are there only in its pod.
      text =>
        withFile(text, f =>
          complaints(promtool, ['check', 'config', '--syntax-only', f]),
        ),
    ],
    [
      'prometheus-rules',
      'platform.yaml',
      text => withFile(text, f => complaints(promtool, ['check', 'rules', f])),
    ],
    ...(['loki', 'tempo'] as const).map((name): (typeof files)[number] => [
      `${name}-config`,
      `${name}.yaml`,
      async text =>
        unknownFields(parse(text), await known<KnownFields>(name)).map(
          field => `field ${field} is not one that ${name} knows`,
        ),
    ]),
    ...['otel-collector-config', 'otel-node-collector-config'].map(
      (configMap): (typeof files)[number] => [
        configMap,
        'collector.yaml',
        async text => checkCollector(parse(text), collector),
      ],
    ),
  ];
  const problems = await Promise.all(
    files.map(async ([configMap, file, check]) => {
      const text = configurationText(objects, configMap, file);
      const found =
        text === undefined
          ? ['the overlay has no such file']
          : await check(text);
      return found.map(problem => `${configMap}, ${file}: ${problem}`);
    }),
  );
  return problems.flat();
}

async function withFile<T>(
  text: string,
  use: (file: string) => Promise<T>,
): Promise<T> {
  const dir = await mkdtemp(path.join(tmpdir(), 'llmp-config-'));
  try {
    const file = path.join(dir, 'file.yaml');
    await writeFile(file, text);
    return await use(file);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

import { renderServiceManifests } from '@llm-platform/plugin-models-common';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { exampleService } from '../actions/services/spec.examples';
import { parseServiceInput } from './parse';

const ROOT = resolve(__dirname, '../../../..');
const SKELETON = 'templates/team-service/skeleton';

function read(path: string): string {
  return readFileSync(resolve(ROOT, path), 'utf8');
}

/** A file of the skeleton as the template writes it. */
function rendered(file: string, values: Record<string, string>): string {
  return read(`${SKELETON}/${file}`).replace(
    /\$\{\{ values\.(\w+) \}\}/g,
    (_, name: string) => values[name],
  );
}

function instructions(dockerfile: string): string[] {
  return dockerfile
    .split('\n')
    .filter(line => line.trim() !== '' && !line.startsWith('#'));
}

interface PodTemplate {
  spec: {
    template: {
      spec: { containers: Array<Record<string, unknown>> } & Record<
        string,
        unknown
      >;
    };
  };
}

// The three services of the platform are what the form makes, plus their own endpoints.
describe.each([
  { name: 'quant-api', identifier: 'quantApi', team: 'quant' },
  { name: 'finetune-api', identifier: 'finetuneApi', team: 'finetune' },
  { name: 'eval-api', identifier: 'evalApi', team: 'eval' },
])('$name and the skeleton of team services', values => {
  const { name, identifier } = values;
  const folder = `services/${name}`;

  it('start alike', () => {
    expect(read(`${folder}/src/main.ts`)).toBe(rendered('src/main.ts', values));
    for (const source of [
      read(`${folder}/src/${identifier}.ts`),
      rendered('src/${{ values.identifier }}.ts', values),
    ]) {
      expect(source).toMatch(
        new RegExp(
          `export const ${identifier} = defineTeamService\\(\\{\\s+name: '${name}',\\s+title: '${name}',`,
        ),
      );
    }
  });

  it('are built alike', () => {
    expect(read(`${folder}/build.mjs`)).toBe(rendered('build.mjs', values));
    const own = JSON.parse(read(`${folder}/package.json`));
    const theirs = JSON.parse(rendered('package.json', values));
    expect(own.scripts.build).toBe(theirs.scripts.build);
    const { '@llm-platform/service-kit': _own, ...others } = own.dependencies;
    const { '@llm-platform/service-kit': _kit, ...given } = theirs.dependencies;
    expect(others).toMatchObject(given);
    expect(own.devDependencies.esbuild).toBe(theirs.devDependencies.esbuild);
  });

  it('have the same image but for where its one file is', () => {
    expect(
      instructions(
        read(`${folder}/Dockerfile`).replace(`${name}/dist/`, 'dist/'),
      ),
    ).toEqual(instructions(rendered('Dockerfile', values)));
  });

  it('run alike in the cluster', () => {
    const spec = parseServiceInput({
      ...exampleService,
      metadata: { name, namespace: values.team, team: values.team },
    });
    const made = renderServiceManifests(spec).find(
      ({ kind }) => kind === 'Deployment',
    ) as unknown as PodTemplate;
    const own = parse(
      read(`packages/platform/base/${name}/deployment.yaml`),
    ) as PodTemplate;
    const shape = ({ spec: { template } }: PodTemplate) => {
      const { containers, serviceAccountName, securityContext } = template.spec;
      const [container] = containers;
      const { startupProbe, livenessProbe, readinessProbe } = container as {
        [probe: string]: { httpGet: object };
      };
      return {
        serviceAccountName,
        automount: template.spec.automountServiceAccountToken,
        links: template.spec.enableServiceLinks,
        securityContext: {
          runAsNonRoot: (securityContext as { runAsNonRoot?: boolean })
            .runAsNonRoot,
        },
        ports: (
          container.ports as Array<{ name: string; containerPort: number }>
        ).map(port => [port.name, port.containerPort]),
        probes: [startupProbe, livenessProbe, readinessProbe].map(
          ({ httpGet }) => httpGet,
        ),
        container: container.securityContext,
      };
    };
    expect(shape(own)).toEqual(shape(made));
  });
});

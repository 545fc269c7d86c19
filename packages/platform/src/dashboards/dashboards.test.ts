import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  enforceTeams,
  parseDashboard,
  type Dashboard,
} from '@llm-platform/plugin-grafana-panels-common';
import { parse } from 'yaml';

const DIR = path.join(__dirname, '../../dashboards');
const REPOSITORY = path.join(__dirname, '../../../..');

const files = readdirSync(DIR).filter(file => file.endsWith('.json'));

function read(file: string): unknown {
  return JSON.parse(readFileSync(path.join(DIR, file), 'utf8'));
}

function dashboardOf(file: string): Dashboard {
  const { dashboard } = parseDashboard(read(file));
  if (!dashboard) {
    throw new Error(`${file} is no dashboard`);
  }
  return dashboard;
}

/** Every expression, with something for each variable. */
function expressionsOf({ rows, annotations }: Dashboard): string[] {
  return [
    ...rows.flatMap(row =>
      row.panels.flatMap(panel => panel.targets.map(({ expr }) => expr)),
    ),
    ...annotations.map(({ expr }) => expr),
  ].map(expr =>
    expr
      .replace(/\$(__rate_interval|__interval|__range)\b/g, '5m')
      .replace(/\$\w+/g, 'x'),
  );
}

/** The text of the sources in which a metric's name has to be found. */
function sourcesOf(...dirs: string[]): string {
  return dirs
    .flatMap(dir =>
      readdirSync(path.join(REPOSITORY, dir), { recursive: true })
        .map(file => path.join(REPOSITORY, dir, `${file}`))
        .filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts')),
    )
    .map(file => readFileSync(file, 'utf8'))
    .join('\n');
}

describe('the dashboards', () => {
  it('are all given to Grafana', () => {
    const { configMapGenerator } = parse(
      readFileSync(path.join(DIR, 'kustomization.yaml'), 'utf8'),
    ) as { configMapGenerator: Array<{ files: string[] }> };
    expect(configMapGenerator.flatMap(g => g.files).sort()).toEqual(
      files.sort(),
    );
  });

  it('have an identifier of their own', () => {
    const uids = files.map(file => dashboardOf(file).uid);
    expect(new Set(uids).size).toBe(files.length);
    expect(uids).not.toContain(undefined);
  });

  it.each(files)('%s is understood by the portal without a loss', file => {
    expect(parseDashboard(read(file)).problems).toEqual([]);
  });

  it.each(files)('%s says of each panel what it shows', file => {
    const panels = dashboardOf(file).rows.flatMap(row => row.panels);
    expect(panels.length).toBeGreaterThan(0);
    expect(panels.filter(panel => !panel.description)).toEqual([]);
    const ids = panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(files)('%s asks nothing that a team could not be shown', file => {
    const expressions = expressionsOf(dashboardOf(file));
    expect(expressions.length).toBeGreaterThan(0);
    for (const expr of expressions) {
      expect(enforceTeams(expr, { label: 'team', teams: ['a'] })).toEqual({
        ok: true,
        expr: expect.stringContaining('team="a"'),
      });
    }
  });

  it('ask for metrics that something here serves', () => {
    const sources = sourcesOf(
      'services/gateway/src',
      'services/service-kit/src',
      'packages/dev-cluster/src',
    );
    const asked = new Set(
      files
        .flatMap(file => expressionsOf(dashboardOf(file)))
        .flatMap(
          expr =>
            expr.match(
              /\b(llm_gateway|team_service|vllm:|DCGM|kube_|kubelet_)\w+/g,
            ) ?? [],
        )
        // Exporters put theirs together from these and the rest.
        .map(name =>
          name
            .replace(/^(DCGM_FI_DEV|kubelet_volume_stats)_/, '')
            .replace(/_(bucket|sum|count)$/, ''),
        ),
    );
    expect(asked.size).toBeGreaterThan(20);
    expect([...asked].filter(name => !sources.includes(name))).toEqual([]);
  });
});

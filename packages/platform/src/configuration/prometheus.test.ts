import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { namespaces } from '../declarations';

interface Rule {
  source_labels?: string[];
  action?: string;
  regex?: string;
  target_label?: string;
  replacement?: string;
}

interface Job {
  job_name: string;
  honor_labels?: boolean;
  follow_redirects?: boolean;
  kubernetes_sd_configs: Array<{ role: string }>;
  relabel_configs: Rule[];
  metric_relabel_configs: Rule[];
}

const read = (file: string): unknown =>
  parse(
    readFileSync(
      path.join(__dirname, '../../base/observability', file),
      'utf8',
    ),
  );

const { scrape_configs: jobs } = read('prometheus/prometheus.yml') as {
  scrape_configs: Job[];
};

const PLATFORMS_NAMES = '(llm_gateway|DCGM_FI|kube|kubelet)_.+';

describe('the targets', () => {
  it.each(jobs.map(job => [job.job_name, job] as const))(
    'of the job %s cannot send Prometheus elsewhere',
    (_, job) => {
      expect(job.follow_redirects).toBe(false);
    },
  );

  it('are no finished pods, whose addresses may be others’ by now', () => {
    const ofPods = jobs.filter(job =>
      job.kubernetes_sd_configs.some(({ role }) => role === 'pod'),
    );
    expect(ofPods.length).toBeGreaterThan(0);
    for (const job of ofPods) {
      expect([job.job_name, ...job.relabel_configs]).toContainEqual({
        source_labels: ['__meta_kubernetes_pod_phase'],
        action: 'drop',
        regex: 'Succeeded|Failed',
      });
    }
  });

  it('that anybody may write export none of the platform’s metrics', () => {
    const dropping = jobs.filter(job =>
      job.metric_relabel_configs.some(
        rule =>
          rule.source_labels?.join() === '__name__' &&
          rule.action === 'drop' &&
          rule.regex === PLATFORMS_NAMES,
      ),
    );
    expect(dropping.map(({ job_name }) => job_name)).toEqual([
      'team-services',
      'models',
    ]);
  });
});

describe('the team of every series', () => {
  it.each(jobs.map(job => [job.job_name, job] as const))(
    'is set by the platform in the job %s, and the exported one dropped',
    (_, job) => {
      expect(job.honor_labels ?? false).toBe(false);
      // A target without a team of its own would leave room for an exported one.
      expect(job.relabel_configs).toContainEqual({
        target_label: 'team',
        replacement: 'platform',
      });
      expect(job.metric_relabel_configs.at(-1)).toEqual({
        action: 'labeldrop',
        regex: '(exported_)+team',
      });
    },
  );

  it('is exported by the gateway alone', () => {
    const honoured = jobs.filter(job =>
      job.metric_relabel_configs.some(rule =>
        rule.source_labels?.includes('exported_team'),
      ),
    );
    expect(honoured.map(({ job_name }) => job_name)).toEqual(['gateway']);
    expect(honoured[0].relabel_configs).toContainEqual({
      source_labels: ['__meta_kubernetes_namespace'],
      action: 'keep',
      regex: 'platform',
    });
  });

  it('is the platform’s for what anybody may send to the collector', () => {
    const collector = read('collector/collector.yaml') as {
      processors: Record<string, unknown>;
      service: { pipelines: Record<string, { processors: string[] }> };
    };
    expect(collector.processors['attributes/team']).toEqual({
      actions: [{ key: 'team', action: 'upsert', value: 'platform' }],
    });
    // Of a resource's attributes come `target_info` and `job`.
    expect(collector.processors['resource/team']).toEqual({
      attributes: [
        { key: 'team', action: 'upsert', value: 'platform' },
        { key: 'service.namespace', action: 'upsert', value: 'otlp' },
        { key: 'service.name', action: 'insert', value: 'unknown' },
      ],
    });
    expect(collector.service.pipelines.metrics.processors).toEqual(
      expect.arrayContaining(['attributes/team', 'resource/team']),
    );
  });

  it('comes from no label of a pod', () => {
    const rules = jobs.flatMap(job => [
      ...job.relabel_configs,
      ...job.metric_relabel_configs,
    ]);
    const sources = rules
      .filter(rule => rule.target_label === 'team')
      .flatMap(rule => rule.source_labels ?? []);
    expect(new Set(sources)).toEqual(
      new Set([
        '__meta_kubernetes_namespace_label_llm_platform_dev_team',
        'namespace',
        'exported_team',
      ]),
    );
  });

  it('is that of the declared namespaces, where it comes from their names', () => {
    const names = namespaces
      .filter(({ team }) => team !== 'platform')
      .map(({ name, team }) => {
        // The rule takes the name for the team.
        expect(team).toBe(name);
        return name;
      });
    const rules = jobs.flatMap(job =>
      job.metric_relabel_configs
        .filter(rule => rule.source_labels?.includes('namespace'))
        .map(rule => ({ job: job.job_name, ...rule })),
    );
    expect(rules).toEqual(
      ['gpus', 'kube-state', 'kubelets'].map(job => ({
        job,
        source_labels: ['namespace'],
        regex: `(${names.join('|')})`,
        target_label: 'team',
      })),
    );
  });
});

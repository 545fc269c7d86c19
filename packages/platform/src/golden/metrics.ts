import type { V1Pod } from '@kubernetes/client-node';
import type { AskProxy, ProxyTarget } from './ApiProxy';
import { ClusterFacts, SIMULATED } from './facts';
import { GoldenResult, rowsOf } from './result';

const row = rowsOf('metrics');

/** What must be measured: where it is served, and what it is called. */
const MEASURED = [
  {
    job: 'gateway',
    metric: 'llm_gateway_requests_total',
    label: 'llm-platform.dev/service',
    value: 'gateway',
    port: 9090,
  },
  {
    job: 'team-services',
    metric: 'team_service_requests_total',
    label: 'llm-platform.dev/service',
    value: 'quant-api',
    port: 9090,
  },
  {
    job: 'models',
    metric: 'vllm:num_requests_running',
    label: 'llm-platform.dev/model',
    value: 'baseline',
    port: 8000,
  },
];

/**
 * Prometheus has the metrics of the gateway, the team services and the models.
 * Where Prometheus is only shown (the embedded cluster), they are read where
 * they are served.
 *
 * @param askPrometheus - answers a path of Prometheus' API
 */
export async function checkMetrics(
  facts: ClusterFacts,
  ask: AskProxy,
  askPrometheus: (path: string) => Promise<string>,
): Promise<GoldenResult[]> {
  const prometheus = facts.pods.find(
    ({ metadata }) =>
      metadata?.namespace === 'observability' &&
      metadata.labels?.['app.kubernetes.io/name'] === 'prometheus',
  );
  const simulated =
    prometheus?.metadata?.annotations?.[SIMULATED] !== undefined;
  return Promise.all(
    MEASURED.map(async ({ job, metric, label, value, port }) => {
      const title = `${metric} (${job})`;
      try {
        if (!simulated) {
          const series = await countSeries(askPrometheus, metric, job);
          return row(
            title,
            series > 0,
            series > 0
              ? `${series} series in Prometheus`
              : `Prometheus has none of the job ${job}: see its page of targets`,
          );
        }
        const pod = facts.pods.find(
          p => p.metadata?.labels?.[label] === value && isReady(p),
        );
        if (!pod) {
          return row(title, false, `No pod of ${value} is ready to be read`);
        }
        const { status, body } = await ask(targetOf(pod, port), '/metrics');
        const there = new RegExp(`^${metric}[{ ]`, 'm').test(body);
        return row(
          title,
          status === 200 && there,
          there
            ? `served by ${pod.metadata?.name}; Prometheus itself is simulated here`
            : `${pod.metadata?.name} serves none (${status})`,
        );
      } catch (error) {
        return row(
          title,
          false,
          error instanceof Error ? error.message : String(error),
        );
      }
    }),
  );
}

async function countSeries(
  askPrometheus: (path: string) => Promise<string>,
  metric: string,
  job: string,
): Promise<number> {
  const query = encodeURIComponent(
    `count({__name__="${metric}",job="${job}"})`,
  );
  const { data } = JSON.parse(
    await askPrometheus(`/api/v1/query?query=${query}`),
  ) as { data?: { result?: Array<{ value: [number, string] }> } };
  return Number(data?.result?.[0]?.value[1] ?? 0);
}

function targetOf(pod: V1Pod, port: number): ProxyTarget {
  return {
    kind: 'pods',
    namespace: pod.metadata?.namespace ?? '',
    name: pod.metadata?.name ?? '',
    port,
  };
}

function isReady(pod: V1Pod): boolean {
  return (
    pod.status?.conditions?.some(
      ({ type, status }) => type === 'Ready' && status === 'True',
    ) ?? false
  );
}

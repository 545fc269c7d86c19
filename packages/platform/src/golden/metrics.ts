import { GoldenResult, rowsOf } from './result';

const row = rowsOf('metrics');

/** What must be measured, and by which job. */
const MEASURED = [
  // It has no series of requests before the first one.
  { job: 'gateway', metric: 'llm_gateway_routes' },
  { job: 'team-services', metric: 'team_service_requests_total' },
  { job: 'models', metric: 'vllm:num_requests_running' },
  { job: 'gpus', metric: 'DCGM_FI_DEV_GPU_UTIL' },
  { job: 'kube-state', metric: 'kube_pod_status_phase' },
  { job: 'kubelets', metric: 'kubelet_volume_stats_available_bytes' },
];

/**
 * Prometheus has the metrics of everything that the dashboards show.
 *
 * @param askPrometheus - answers a path of Prometheus' API
 */
export async function checkMetrics(
  askPrometheus: (path: string) => Promise<string>,
): Promise<GoldenResult[]> {
  return Promise.all(
    MEASURED.map(async ({ job, metric }) => {
      const title = `${metric} (${job})`;
      try {
        const series = await countSeries(askPrometheus, metric, job);
        return row(
          title,
          series > 0,
          series > 0
            ? `${series} series in Prometheus`
            : `Prometheus has none of the job ${job}: see its page of targets`,
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

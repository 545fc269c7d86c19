import type {
  QueryRequest,
  QueryResponse,
} from '@llm-platform/plugin-grafana-panels-common';
import { authorizationOf, type BenchViewer } from './PanelsBackend';
import type { StandInPrometheus } from './StandInPrometheus';

const TEAMS = ['quant', 'eval'];

/** What Prometheus was asked while people looked at the same dashboard. */
export interface Load {
  viewers: number;
  /** Queries that the viewers' panels asked, all together. */
  asked: number;
  /** Different ones among those that came, by expression, range and step. */
  distinct: number;
  /** That Prometheus got. */
  received: number;
  wallMs: number;
}

function people(count: number): BenchViewer[] {
  return Array.from({ length: count }, (_, i) => ({
    name: `viewer${i}`,
    team: TEAMS[i % TEAMS.length],
  }));
}

function loadOf(
  prometheus: StandInPrometheus,
  measured: Pick<Load, 'viewers' | 'asked' | 'wallMs'>,
): Load {
  return {
    ...measured,
    distinct: new Set(prometheus.queries.map(q => JSON.stringify(q))).size,
    received: prometheus.queries.length,
  };
}

/** Each viewer sends the queries of the page, all at the same time. */
export async function throughThePortal(options: {
  prometheus: StandInPrometheus;
  backendUrl: string;
  requests: QueryRequest[];
  viewers: number;
}): Promise<Load> {
  const { prometheus, backendUrl, requests, viewers } = options;
  prometheus.forget();
  const startedAt = performance.now();
  let asked = 0;
  await Promise.all(
    people(viewers).flatMap(viewer =>
      requests.map(async request => {
        asked += request.queries.length;
        const answer = await fetch(
          `${backendUrl}/api/grafana-panels/v1/query`,
          {
            method: 'POST',
            headers: {
              authorization: authorizationOf(viewer),
              'content-type': 'application/json',
            },
            body: JSON.stringify(request),
          },
        );
        if (!answer.ok) {
          throw new Error(`A viewer got ${answer.status}.`);
        }
        const { results } = (await answer.json()) as QueryResponse;
        const failed = results.find(({ error }) => error)?.error;
        if (failed) {
          throw new Error(`A viewer got ${failed.code}: ${failed.message}`);
        }
      }),
    ),
  );
  return loadOf(prometheus, {
    viewers,
    asked,
    wallMs: performance.now() - startedAt,
  });
}

/** The same, with nothing between the viewers and Prometheus; each asks one query after the other. */
export async function straight(options: {
  prometheus: StandInPrometheus;
  requests: QueryRequest[];
  viewers: number;
}): Promise<Load> {
  const { prometheus, requests, viewers } = options;
  prometheus.forget();
  const startedAt = performance.now();
  let asked = 0;
  await Promise.all(
    people(viewers).map(async () => {
      for (const { from, to, queries } of requests) {
        for (const { expr, stepSeconds } of queries) {
          asked += 1;
          const answer = await fetch(
            `${prometheus.url}/api/v1/query_range?${new URLSearchParams({
              query: expr,
              start: `${from / 1000}`,
              end: `${to / 1000}`,
              step: `${stepSeconds}`,
            })}`,
          );
          await answer.json();
        }
      }
    }),
  );
  return loadOf(prometheus, {
    viewers,
    asked,
    wallMs: performance.now() - startedAt,
  });
}

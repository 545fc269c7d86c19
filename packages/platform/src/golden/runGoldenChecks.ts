import { setTimeout as sleep } from 'node:timers/promises';
import type { KubeConfig } from '@kubernetes/client-node';
import { AskProxy, askOverApi } from './ApiProxy';
import { ClusterFacts, SIMULATED } from './facts';
import { readFacts } from './readFacts';
import { judgeDashboards } from './judgeDashboards';
import { judgeNodes } from './judgeNodes';
import { judgeStorage } from './judgeStorage';
import { judgeAddons, judgeServices } from './judgeWorkloads';
import { checkMetrics } from './metrics';
import { forwardPort } from './portForward';
import { checkChat, checkGateway, checkPredictions } from './requests';
import { GoldenResult } from './result';
import { makeTemporaryKey } from './temporaryKey';

const PROMETHEUS = {
  kind: 'services',
  namespace: 'observability',
  name: 'prometheus',
  port: 9090,
} as const;

/** Longer than a gateway needs to hear of a new key. */
const KEY_TIMEOUT_MS = 10_000;

/** @public */
export interface GoldenOptions {
  config: KubeConfig;
  /** kubectl and the arguments that say which cluster, for port-forward. */
  kubectl: string[];
  /** For one request. */
  timeoutMs: number;
}

/**
 * Checks a live platform end to end. What it makes, a key for ten minutes, it
 * takes away again. Rejects only where the cluster can't be read.
 *
 * @public
 */
export async function runGoldenChecks(
  options: GoldenOptions,
): Promise<GoldenResult[]> {
  const { config, timeoutMs } = options;
  const facts = await readFacts(config);
  const ask = askOverApi(config, timeoutMs);
  const results = [
    ...judgeNodes(facts),
    ...judgeAddons(facts),
    ...judgeStorage(facts),
    ...judgeServices(facts),
    await checkGateway(ask),
  ];
  const temporary = await makeTemporaryKey(config);
  try {
    await untilKnown(ask, temporary.key);
    results.push(
      ...(await checkPredictions(ask, temporary.key)),
      await checkChat(ask, temporary.key),
    );
  } finally {
    await temporary.remove();
  }
  results.push(
    ...(await checkMetrics(prometheusOf(facts, ask, options))),
    ...judgeDashboards(facts),
  );
  return results;
}

/** Waits until the gateway has heard of the key; what is wrong else, the checks say. */
async function untilKnown(ask: AskProxy, key: string): Promise<void> {
  const deadline = Date.now() + KEY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const answer = await ask(
      {
        kind: 'services',
        namespace: 'platform',
        name: 'gateway',
        port: 'http',
      },
      '/v1/models',
      { headers: { 'x-api-key': key } },
    ).catch(() => undefined);
    if (answer?.status !== 401) {
      return;
    }
    await sleep(200);
  }
}

/**
 * How Prometheus is asked: its network policy lets nobody in, but for the
 * kubelet, which port-forward goes through. The embedded cluster, with its
 * simulated nodes, has neither.
 */
function prometheusOf(
  facts: ClusterFacts,
  ask: AskProxy,
  options: GoldenOptions,
): (path: string) => Promise<string> {
  const embedded = facts.nodes.some(
    node => node.metadata?.annotations?.[SIMULATED] !== undefined,
  );
  return async path =>
    embedded ? (await ask(PROMETHEUS, path)).body : askForwarded(options, path);
}

async function askForwarded(
  { kubectl, timeoutMs }: GoldenOptions,
  path: string,
): Promise<string> {
  const forwarded = await forwardPort({
    kubectl,
    namespace: PROMETHEUS.namespace,
    service: PROMETHEUS.name,
    port: PROMETHEUS.port,
    timeoutMs,
  });
  try {
    const response = await fetch(`${forwarded.url}${path}`, {
      signal: AbortSignal.timeout(timeoutMs),
    });
    return await response.text();
  } finally {
    forwarded.stop();
  }
}

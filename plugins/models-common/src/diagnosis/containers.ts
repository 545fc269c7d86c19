import { isPodReady, type KubePod } from '../kube';
import { lastError } from '../timeline/vllmLog';
import {
  eventsOf,
  objectName,
  statusesOf,
  type DiagnosisFacts,
  type Rule,
} from './facts';
import type { Diagnosis } from './types';

/** Why a probe counts as failing: the kubelet acted on it, or traffic is held back. */
function probeTrouble(facts: DiagnosisFacts, pod: KubePod): string | undefined {
  const events = eventsOf(facts, 'Pod', pod.metadata?.name);
  const killed = events.find(
    ({ reason, message }) =>
      reason === 'Killing' &&
      /failed (liveness|startup) probe/.test(message ?? ''),
  );
  if (killed) {
    return killed.message;
  }
  const started = pod.status?.containerStatuses?.every(
    ({ started: value }) => value === true,
  );
  // Before the startup probe has passed, failures are normal.
  return started
    ? events
        .filter(
          ({ reason, message }) =>
            reason === 'Unhealthy' &&
            /^(Readiness|Liveness)/.test(message ?? ''),
        )
        .pop()?.message
    : undefined;
}

/** Incident 24. */
export const probeRule: Rule = facts =>
  facts.pods
    .filter(pod => !isPodReady(pod) && pod.status?.phase === 'Running')
    .flatMap((pod): Diagnosis[] => {
      const text = probeTrouble(facts, pod);
      return text
        ? [
            {
              cause: 'probe-failing',
              severity: 'error',
              phase: 'ready',
              title: 'The health check fails',
              explanation: `The container runs, but its health endpoint does not answer as it should: ${text}`,
              evidence: [{ object: objectName('Pod', pod), text }],
              remedy:
                'Read the log for what it waits for; check the path and port of the probe.',
            },
          ]
        : [];
    });

/** Says at least that it crashes and with what, when no other rule knows why. */
export const crashLoopRule: Rule = facts =>
  statusesOf(facts).flatMap(({ pod, status }): Diagnosis[] => {
    if (status.state?.waiting?.reason !== 'CrashLoopBackOff') {
      return [];
    }
    const ended = status.lastState?.terminated;
    const lines = facts.logLines?.[pod.metadata?.name ?? ''] ?? [];
    const error = lastError(lines);
    const code = ended ? `exit code ${ended.exitCode}` : 'an unknown exit code';
    return [
      {
        cause: 'crash-loop',
        severity: 'error',
        title: 'The container keeps ending',
        explanation: `${status.name} has been restarted ${
          status.restartCount
        } time(s) and ended with ${code}.${
          error ? ` Its last error: ${error}` : ''
        }`,
        evidence: [
          {
            object: objectName('Pod', pod),
            text: error ?? status.state.waiting.message ?? 'CrashLoopBackOff',
          },
        ],
        remedy: "Read the previous container's log from its first error on.",
      },
    ];
  });

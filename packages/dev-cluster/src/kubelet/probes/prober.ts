import { V1Container, V1Probe } from '@kubernetes/client-node';
import { createProbeCounter } from './counter';
import { errorMessage } from '../errors';
import { ProbeResult, ProbeTarget, executeProbe } from './execute';

/** @public */
export type ProbeKind = 'Startup' | 'Readiness' | 'Liveness';

/** @public */
export interface ProberOptions {
  container: V1Container;
  target: ProbeTarget;
  onStarted(): void;
  onReady(ready: boolean): void;
  /** The container is to be killed, and started again by its policy. */
  onUnhealthy(kind: 'startup' | 'liveness'): void;
  onEvent(message: string): void;
  execute?(probe: V1Probe, target: ProbeTarget): Promise<ProbeResult>;
}

/** @public */
export interface Prober {
  stop(): void;
}

/**
 * Probes one running container until stopped. The startup probe comes first;
 * readiness and liveness begin when it has succeeded. A container without a
 * readiness probe is ready as soon as it has started.
 *
 * @public
 */
export function startProber(options: ProberOptions): Prober {
  const { container, execute = executeProbe } = options;
  const startedAt = Date.now();
  const timers = new Map<ProbeKind, NodeJS.Timeout>();
  let stopped = false;

  const stop = () => {
    stopped = true;
    timers.forEach(timer => clearTimeout(timer));
    timers.clear();
  };

  /** `onVerdict` returns false when this probe has done its work. */
  const loop = (
    kind: ProbeKind,
    probe: V1Probe,
    onVerdict: (success: boolean) => boolean,
  ) => {
    const counter = createProbeCounter(probe);
    const period = (probe.periodSeconds ?? 10) * 1000;
    const round = async () => {
      const begun = Date.now();
      const outcome = await execute(probe, options.target).catch(
        (error): ProbeResult => ({
          result: 'failure',
          output: errorMessage(error),
        }),
      );
      if (stopped) {
        return;
      }
      let verdict: boolean | undefined;
      if (outcome.result === 'errored') {
        options.onEvent(
          `${kind} probe errored and resulted in unknown state: ${outcome.output}`,
        );
      } else {
        if (outcome.result === 'failure') {
          options.onEvent(`${kind} probe failed: ${outcome.output}`);
        }
        verdict = counter.add(outcome.result === 'success');
      }
      const goOn = verdict === undefined || onVerdict(verdict);
      if (goOn && !stopped) {
        schedule(Math.max(0, period - (Date.now() - begun)));
      }
    };
    function schedule(delay: number) {
      timers.set(
        kind,
        setTimeout(() => {
          round().catch(error => options.onEvent(String(error)));
        }, delay),
      );
    }
    const initial = (probe.initialDelaySeconds ?? 0) * 1000;
    schedule(Math.max(0, startedAt + initial - Date.now()));
  };

  const begin = () => {
    options.onStarted();
    if (container.readinessProbe) {
      loop('Readiness', container.readinessProbe, success => {
        options.onReady(success);
        return true;
      });
    } else {
      options.onReady(true);
    }
    if (container.livenessProbe) {
      loop('Liveness', container.livenessProbe, success => {
        if (!success) {
          stop();
          options.onUnhealthy('liveness');
        }
        return success;
      });
    }
  };

  if (container.startupProbe) {
    loop('Startup', container.startupProbe, success => {
      if (success) {
        begin();
      } else {
        stop();
        options.onUnhealthy('startup');
      }
      return false;
    });
  } else {
    begin();
  }
  return { stop };
}

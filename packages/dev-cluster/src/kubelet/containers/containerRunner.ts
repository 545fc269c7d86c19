import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import {
  V1Container,
  V1ContainerStateTerminated,
  V1Pod,
} from '@kubernetes/client-node';
import { nowSeconds } from '../api';
import { errorMessage } from '../errors';
import {
  CatalogueImage,
  ImagePuller,
  PullEvent,
  SimulatedImage,
  canonicalImage,
} from '../images';
import { ContainerLog, openContainerLog, readContainerLog } from '../logs';
import { ContainerView } from '../pods/containerView';
import { shouldRestart } from '../pods/phase';
import { Prober, startProber } from '../probes';
import { createBackOff, formatDelay } from './backoff';
import { ContainerConfigError } from './env';
import { Launch } from './launch';
import { ContainerProcess, startProcess } from './process';
import { terminationMessage } from './terminationMessage';
import { createWaiter } from './waiter';

/** @public */
export interface ContainerRunnerOptions {
  pod: V1Pod;
  container: V1Container;
  restartPolicy: string | undefined;
  nodeName: string;
  /** The container as it was before, or as it begins. */
  view: ContainerView;
  /** Whether it has been started before: the next start counts as another. */
  hasRun: boolean;
  puller: ImagePuller;
  bindAddress: string;
  podIP: string;
  logDir: string;
  recordDir: string;
  recordName: string;
  /** An init container is ready when it has done its work. */
  readyWhenDone: boolean;
  launch(image: CatalogueImage & { kind: 'run' }): Launch;
  /** Answers in place of a simulated image's process; resolves with what ends that. */
  serve(image: SimulatedImage): Promise<() => Promise<void>>;
  onImage(image: CatalogueImage): void;
  onChange(): void;
  onEvent(type: 'Normal' | 'Warning', reason: string, message: string): void;
}

/** Runs one container by its restart policy. @public */
export interface ContainerRunner {
  readonly container: V1Container;
  readonly view: ContainerView;
  /** The log of the run now in progress. */
  log(): ContainerLog | undefined;
  /** Pid of the process now running. */
  pid(): number | undefined;
  /**
   * Resolves with the last exit code when nothing of it will be started
   * again, or with undefined when it was stopped before it ever ran.
   */
  run(): Promise<number | undefined>;
  /** Resolves when it has started, or will not any more. */
  started: Promise<void>;
  /** Looks again at once at what it waits for. */
  retry(): void;
  /** Ends it for good; a second call may only shorten the time. */
  stop(graceMs: number, quiet?: boolean): void;
}

/** How soon the kubelet notices that a container has ended. */
const NOTICE_MS = 1_000;
/** How often the kubelet looks again at a pod it couldn't start. */
const RETRY_MS = 10_000;
/** How long a failed pull is shown before the back-off is. */
const PULL_ERROR_MS = 2_000;
/** How often an image that is still being made is looked for. */
const AWAITED_MS = 1_000;
const NEVER_MS = 2 ** 31 - 1;

/** @public */
export function createContainerRunner(
  options: ContainerRunnerOptions,
): ContainerRunner {
  const { container, view, puller, onEvent, onChange } = options;
  const podName = options.pod.metadata?.name ?? '';
  const namespace = options.pod.metadata?.namespace ?? '';
  const uid = options.pod.metadata?.uid ?? '';
  const policy = options.restartPolicy;
  const restarts = createBackOff();
  const pulls = createBackOff();
  const waiter = createWaiter();
  let { hasRun } = options;
  let stopping = false;
  let lastEnd: number | undefined;
  let log: ContainerLog | undefined;
  let process: ContainerProcess | undefined;
  let killTimer: NodeJS.Timeout | undefined;
  let killAt = Infinity;
  let resolveStarted: () => void = () => {};
  const started = new Promise<void>(resolve => {
    resolveStarted = resolve;
  });

  const setWaiting = (reason: string, message?: string) => {
    view.state = { waiting: { reason, message } };
    view.ready = false;
    view.started = false;
    onChange();
  };

  /** Waits, as during a pull, for an image that is still being made. */
  const untilThere = async (image: CatalogueImage) => {
    const reason = () => (image.kind === 'run' ? image.awaits?.() : undefined);
    for (let why = reason(); why && !stopping; why = reason()) {
      if (view.state.waiting?.message !== why) {
        setWaiting('ContainerCreating', why);
      }
      await waiter.wait(AWAITED_MS);
    }
  };

  /** The image, once it can be had; undefined when stopped meanwhile. */
  const awaitImage = async (): Promise<CatalogueImage | undefined> => {
    for (;;) {
      const imagePolicy =
        container.imagePullPolicy ?? defaultPullPolicy(container.image ?? '');
      const result = puller.pull(
        options.nodeName,
        container.image ?? '',
        imagePolicy,
      );
      const tell = (events: PullEvent[]) =>
        events.forEach(e => onEvent(e.type, e.reason, e.message));
      // That it was pulled comes last, and when it is there.
      tell(result.ok ? result.events.slice(0, -1) : result.events);
      if (result.ok) {
        const canonical = canonicalImage(result.reference);
        view.image = canonical;
        const { repository } = result.reference;
        const digest =
          result.image.kind === 'run' ? result.image.digest : undefined;
        view.imageID =
          digest === undefined
            ? `catalogue://${canonical}`
            : `${repository}@${digest}`;
        await untilThere(result.image);
        if (stopping) {
          return undefined;
        }
        tell(result.events.slice(-1));
        options.onImage(result.image);
        return result.image;
      }
      onEvent('Warning', 'Failed', `Error: ${result.reason}`);
      setWaiting(result.reason, result.message);
      if (result.reason !== 'ErrImagePull') {
        await waiter.wait(RETRY_MS);
      } else {
        const failedAt = Date.now();
        pulls.next(failedAt, failedAt);
        await waiter.wait(PULL_ERROR_MS);
        if (stopping) {
          return undefined;
        }
        const message = `Back-off pulling image "${result.name}"`;
        onEvent('Normal', 'BackOff', message);
        onEvent('Warning', 'Failed', 'Error: ImagePullBackOff');
        setWaiting(
          'ImagePullBackOff',
          `${message}: ${result.reason}: ${result.message}`,
        );
        await waiter.wait(pulls.remaining(Date.now(), failedAt));
      }
      if (stopping) {
        return undefined;
      }
    }
  };

  const kill = (graceMs: number) => {
    const at = Date.now() + graceMs;
    if (!process || at >= killAt) {
      return;
    }
    killAt = at;
    clearTimeout(killTimer);
    process.signal('SIGTERM');
    const target = process;
    killTimer = setTimeout(() => target.kill(), graceMs);
  };

  const graceMs = (probeSeconds?: number) =>
    (probeSeconds ?? options.pod.spec?.terminationGracePeriodSeconds ?? 30) *
    1000;

  const probe = (): Prober => {
    // Before its probes have been seen, nothing may be called ready.
    view.ready = false;
    view.started = false;
    return startProber({
      container,
      target: {
        bindAddress: options.bindAddress,
        podIP: options.podIP,
        container,
      },
      onStarted() {
        view.started = true;
        resolveStarted();
        onChange();
      },
      onReady(ready) {
        if (view.ready !== ready) {
          view.ready = ready;
          onChange();
        }
      },
      onUnhealthy(kind) {
        const spec =
          kind === 'startup' ? container.startupProbe : container.livenessProbe;
        const again = shouldRestart(policy, 1) ? ', will be restarted' : '';
        onEvent(
          'Normal',
          'Killing',
          `Container ${container.name} failed ${kind} probe${again}`,
        );
        kill(graceMs(spec?.terminationGracePeriodSeconds));
      },
      onEvent: message => onEvent('Warning', 'Unhealthy', message),
    });
  };

  const openLog = (file: string) =>
    openContainerLog(file, {
      onFailure: message => onEvent('Warning', 'FailedLogging', message),
    });

  const begin = (startedAt: Date) => {
    if (hasRun) {
      view.restartCount += 1;
    }
    hasRun = true;
    if (view.state.terminated) {
      view.lastState = view.state.terminated;
    }
    view.containerID = `llmp://${randomBytes(32).toString('hex')}`;
    log = openLog(path.join(options.logDir, `${view.restartCount}.log`));
    onEvent('Normal', 'Created', 'Container created');
    view.state = { running: { startedAt } };
  };

  const end = (terminated: Omit<V1ContainerStateTerminated, 'containerID'>) => {
    view.state = {
      terminated: { ...terminated, containerID: view.containerID },
    };
    view.ready = options.readyWhenDone && terminated.exitCode === 0;
    view.started = false;
    lastEnd = Date.now();
    onChange();
  };

  const runSimulated = async (image: SimulatedImage, startedAt: Date) => {
    begin(startedAt);
    log?.write(
      'stdout',
      Buffer.from(
        `This container is simulated (${image.simulated}): the embedded cluster runs no process for ${container.image}\n`,
      ),
    );
    const close = await options.serve(image).catch(error => {
      onEvent('Warning', 'FailedServing', errorMessage(error));
      return undefined;
    });
    onEvent('Normal', 'Started', 'Container started');
    view.started = true;
    view.ready = true;
    resolveStarted();
    onChange();
    while (!stopping) {
      await waiter.wait(NEVER_MS);
    }
    await close?.();
    log?.end();
    end({
      exitCode: 0,
      reason: 'Completed',
      startedAt,
      finishedAt: nowSeconds(),
    });
    return 0;
  };

  const runProcess = async (launch: Launch, startedAt: Date) => {
    begin(startedAt);
    const file = path.join(options.logDir, `${view.restartCount}.log`);
    rmSync(launch.terminationMessageFile, { force: true });
    process = startProcess({
      argv: launch.argv,
      env: launch.env,
      cwd: launch.cwd,
      log: log ?? openLog(file),
      recordDir: options.recordDir,
      recordName: options.recordName,
    });
    let prober: Prober | undefined;
    if (process.pid !== undefined) {
      onEvent('Normal', 'Started', 'Container started');
      if (container.lifecycle?.postStart) {
        onEvent(
          'Warning',
          'FailedPostStartHook',
          'postStart hooks are not supported by the embedded node agent; the container goes on without it',
        );
      }
      prober = probe();
      onChange();
    }
    const exit = await process.exited;
    prober?.stop();
    clearTimeout(killTimer);
    killAt = Infinity;
    process = undefined;
    if (exit.startError) {
      onEvent('Warning', 'Failed', `Error: ${exit.startError}`);
    }
    const failed = exit.exitCode !== 0;
    end({
      exitCode: exit.exitCode,
      reason: exit.startError ? 'StartError' : exitReason(exit.exitCode),
      message:
        exit.startError ??
        terminationMessage(
          launch.terminationMessageFile,
          container.terminationMessagePolicy,
          failed,
          () => readContainerLog(file),
        ),
      startedAt,
      finishedAt: nowSeconds(),
    });
    return exit.exitCode;
  };

  /** Waits out the back-off after the last end. */
  const backOff = async () => {
    if (lastEnd === undefined) {
      return;
    }
    const remaining = restarts.remaining(Date.now(), lastEnd);
    if (remaining > 0) {
      view.lastState = view.state.terminated ?? view.lastState;
      const pod = `${podName}_${namespace}(${uid})`;
      onEvent(
        'Warning',
        'BackOff',
        `Back-off restarting failed container ${container.name} in pod ${pod}`,
      );
      setWaiting(
        'CrashLoopBackOff',
        `back-off ${formatDelay(
          restarts.current(),
        )} restarting failed container=${container.name} pod=${pod}`,
      );
      const until = lastEnd + restarts.current();
      while (!stopping && Date.now() < until) {
        await waiter.wait(until - Date.now());
      }
    }
    restarts.next(Date.now(), lastEnd);
  };

  const attempt = async (): Promise<number | undefined> => {
    const image = await awaitImage();
    if (!image || stopping) {
      return undefined;
    }
    if (image.kind === 'simulated') {
      return runSimulated(image, nowSeconds());
    }
    let launch: Launch;
    try {
      launch = options.launch(image);
    } catch (error) {
      const message = errorMessage(error);
      onEvent('Warning', 'Failed', `Error: ${message}`);
      if (error instanceof ContainerConfigError) {
        setWaiting('CreateContainerConfigError', message);
        await waiter.wait(RETRY_MS);
        return undefined;
      }
      // The container exists by now, and has failed to start.
      begin(nowSeconds());
      log?.end();
      end({
        exitCode: 128,
        reason: 'StartError',
        message,
        startedAt: new Date(0),
        finishedAt: nowSeconds(),
      });
      return 128;
    }
    return runProcess(launch, nowSeconds());
  };

  const run = async () => {
    let code: number | undefined;
    try {
      while (!stopping) {
        await backOff();
        if (stopping) {
          break;
        }
        const ended = await attempt();
        code = ended ?? code;
        if (stopping) {
          break;
        }
        if (ended !== undefined) {
          if (!shouldRestart(policy, ended)) {
            break;
          }
          await waiter.wait(NOTICE_MS);
        }
      }
    } finally {
      resolveStarted();
    }
    return code;
  };

  return {
    container,
    view,
    log: () => log,
    pid: () => process?.pid,
    run,
    started,
    retry: () => {
      // Only what waits for objects is looked at again, not a back-off.
      if (view.state.waiting?.reason === 'CreateContainerConfigError') {
        waiter.wake();
      }
    },
    stop(grace, quiet = false) {
      const first = !stopping;
      stopping = true;
      waiter.wake();
      if (first && !quiet && view.state.running) {
        onEvent('Normal', 'Killing', `Stopping container ${container.name}`);
      }
      if (!process) {
        return;
      }
      const { preStop } = container.lifecycle ?? {};
      const sleepMs = (preStop?.sleep?.seconds ?? 0) * 1000;
      if (first && preStop && !preStop.sleep && !quiet) {
        onEvent(
          'Warning',
          'FailedPreStopHook',
          'preStop hooks other than sleep are not supported by the embedded node agent; the container is stopped without it',
        );
      }
      if (first && !quiet && sleepMs > 0 && grace > 0) {
        const wait = Math.min(sleepMs, grace);
        setTimeout(() => kill(grace - wait), wait);
        return;
      }
      kill(grace);
    },
  };
}

function exitReason(exitCode: number): string {
  return exitCode === 0 ? 'Completed' : 'Error';
}

function defaultPullPolicy(image: string): string {
  return /:latest$|^[^:@]+$/.test(image.slice(image.lastIndexOf('/') + 1))
    ? 'Always'
    : 'IfNotPresent';
}

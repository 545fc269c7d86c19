import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import {
  V1Container,
  V1ContainerStatus,
  V1Pod,
  V1PodCondition,
} from '@kubernetes/client-node';
import { corePath, isNotFound, nowSeconds, toMillis } from '../api';
import {
  ContainerRunner,
  ObjectLookup,
  PodFacts,
  createContainerRunner,
  resolveLaunch,
  wantsGpu,
} from '../containers';
import { createWaiter } from '../containers/waiter';
import { errorMessage } from '../errors';
import { NodeSpec } from '../nodes/definitions';
import { PodVolumes, VolumeError, createPodVolumes } from '../volumes';
import { bindAddress } from './addresses';
import { podConditions } from './conditions';
import { toContainerStatus } from './containerView';
import { PodContext } from './context';
import { writePodKubeconfig } from './kubeconfig';
import { PodPhase, isSidecar, podPhase } from './phase';
import {
  clearable,
  containerPolicy,
  graceOf,
  isSimulated,
  processVolumes,
} from './podFacts';
import { PodLog, findPodLog } from './podLog';
import { takeUp } from './recover';
import { createStatusWriter } from './statusWriter';

/** Annotation that says what of an object isn't real. @public */
export const SIMULATED = 'llm-platform.dev/simulated';

/** One pod on one of the agent's nodes. @public */
export interface PodWorker {
  readonly uid: string;
  pod(): V1Pod;
  /** Takes the pod as the API now has it. */
  update(pod: V1Pod): void;
  /** The object has gone: what is left must go at once. */
  gone(): void;
  /** Something that it may refer to has changed. */
  referencesChanged(): void;
  /** Ends the processes, and leaves the objects as they are. */
  shutDown(maxGraceMs: number): Promise<void>;
  /** Log of a container's run: its file, and the writer while it runs. */
  log(container: string, previous: boolean): PodLog;
  /** Pids of the running containers by name. */
  pids(): Map<string, number>;
}

const MOUNT_RETRY_MS = 500;
const MAX_MOUNT_RETRY_MS = 122_000;
const REFRESH_MS = 1_000;
/** After this long all volumes of a pod are brought up to date anyway. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** @public */
export function createPodWorker(
  context: PodContext,
  first: V1Pod,
  node: NodeSpec,
  onGone: () => void,
): PodWorker {
  let pod = first;
  const uid = first.metadata?.uid ?? '';
  const name = first.metadata?.name ?? '';
  const namespace = first.metadata?.namespace ?? '';
  const spec = first.spec ?? { containers: [] };
  const dir = path.join(context.dir, 'pods', uid);
  const initSpecs = spec.initContainers ?? [];
  const known = first.status ?? {};
  const wasTerminal =
    known.phase === 'Succeeded' || known.phase === 'Failed'
      ? (known.phase as PodPhase)
      : undefined;
  // Until now nobody had taken it up.
  const isNew = !known.startTime;
  const startTime = known.startTime ?? nowSeconds();
  const podIP = spec.hostNetwork
    ? node.address
    : context.addresses.allocate(uid, node.index, known.podIP);
  // A pod of the host's network has no loopback address of its own.
  const bind = spec.hostNetwork
    ? bindAddress(context.addresses.allocate(uid, node.index), context.instance)
    : bindAddress(podIP, context.instance);

  const waiter = createWaiter();
  const runners: ContainerRunner[] = [];
  let stopping = false;
  let detached = false;
  let deleting = false;
  let initialized = wasTerminal !== undefined || initSpecs.length === 0;
  let sandboxReady = false;
  let terminal = wasTerminal !== undefined;
  let failure: { reason: string; message: string } | undefined;
  let conditions: V1PodCondition[] = known.conditions ?? [];
  let refreshTimer: NodeJS.Timeout | undefined;
  let renewTimer: NodeJS.Timeout | undefined;
  let deadlineTimer: NodeJS.Timeout | undefined;
  const simulated = new Set<string>();

  const record = (
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    fieldPath?: string,
  ) => {
    if (detached) {
      return;
    }
    context.events.record(
      { apiVersion: 'v1', kind: 'Pod', name, namespace, uid, fieldPath },
      type,
      reason,
      message,
      { component: 'kubelet', host: node.name },
    );
  };

  const facts: PodFacts = {
    podIP,
    hostIP: node.address,
    nodeName: node.name,
    nodeAllocatable: node.allocatable,
  };
  const lookup: ObjectLookup = {
    configMap: (ns, n) => context.configMaps.get(n, ns),
    secret: (ns, n) => context.secrets.get(n, ns),
  };

  const volumes: PodVolumes = createPodVolumes({
    api: context.api,
    context: { pod: first, facts, lookup },
    podDir: dir,
    mountedByProcess: processVolumes(first, context),
    claim: (ns, n) => context.claims.get(n, ns),
    persistentDir: volume => path.join(context.dir, 'persistent', volume),
  });

  const views = (list: readonly V1Container[]) =>
    list.flatMap(container => {
      const runner = runners.find(r => r.container === container);
      return runner ? [runner.view] : [];
    });

  const currentPhase = () =>
    wasTerminal ??
    (failure
      ? 'Failed'
      : podPhase({
          spec,
          init: views(initSpecs),
          containers: views(spec.containers),
          initialized,
          terminal,
        }));

  const sendStatus = async () => {
    if (detached || wasTerminal) {
      return;
    }
    const init = views(initSpecs);
    const containers = views(spec.containers);
    const phase = currentPhase();
    const generation = pod.metadata?.generation;
    const own = podConditions({
      spec,
      generation,
      phase,
      init,
      containers,
      initialized,
      sandboxReady,
      previous: [
        ...conditions,
        ...(pod.status?.conditions ?? []).filter(
          c => !conditions.some(mine => mine.type === c.type),
        ),
      ],
      now: nowSeconds(),
    });
    conditions = own;
    await context.api.patch(`${corePath('pods', namespace, name)}/status`, {
      metadata: { uid },
      status: {
        phase,
        ...clearable(failure),
        conditions: own.map(condition => ({
          ...condition,
          ...clearable(condition),
        })),
        observedGeneration: generation,
        hostIP: node.address,
        hostIPs: [{ ip: node.address }],
        startTime,
        ...(sandboxReady ? { podIP, podIPs: [{ ip: podIP }] } : {}),
        ...(init.length > 0
          ? { initContainerStatuses: init.map(toContainerStatus) }
          : {}),
        containerStatuses: containers.map(toContainerStatus),
      },
    });
  };
  const status = createStatusWriter(sendStatus, line =>
    context.logger(`${namespace}/${name}: ${line}`),
  );

  const annotateSimulated = (what: string) => {
    if (simulated.has(what)) {
      return;
    }
    simulated.add(what);
    const value = [...simulated].join(', ');
    if (pod.metadata?.annotations?.[SIMULATED] === value) {
      return;
    }
    context.api
      .patch(
        corePath('pods', namespace, name),
        { metadata: { uid, annotations: { [SIMULATED]: value } } },
        'merge',
      )
      .catch(error => {
        if (!isNotFound(error)) {
          context.logger(`${namespace}/${name}: ${errorMessage(error)}`);
        }
      });
  };

  const addRunner = (
    container: V1Container,
    field: 'initContainers' | 'containers',
    statuses: V1ContainerStatus[] | undefined,
  ) => {
    const isInit = field === 'initContainers';
    const { view, hasRun } = takeUp(
      container,
      statuses?.find(s => s.name === container.name),
      initSpecs.length > 0 ? 'PodInitializing' : 'ContainerCreating',
      isSimulated(container, context),
    );
    const containerDir = path.join(dir, 'containers', container.name);
    runners.push(
      createContainerRunner({
        pod: first,
        container,
        restartPolicy: containerPolicy(container, isInit, spec.restartPolicy),
        nodeName: node.name,
        view,
        hasRun,
        puller: context.puller,
        bindAddress: bind,
        podIP,
        logDir: path.join(dir, 'logs', container.name),
        recordDir: path.join(context.dir, 'run'),
        recordName: `${uid}_${container.name}`,
        readyWhenDone: isInit && !isSidecar(container),
        launch(image) {
          mkdirSync(containerDir, { recursive: true });
          return resolveLaunch({
            pod,
            container,
            image,
            facts,
            lookup,
            services: context.services.list(),
            dir: containerDir,
            volumePath: volume => volumes.hostPath(volume),
            baseEnv: context.baseEnv,
            context: {
              bindAddress: bind,
              podIP,
              nodeName: node.name,
              namespace,
              podName: name,
              containerName: container.name,
              proxyUrl: context.proxyUrl,
              cpuThreads: context.cpuThreads,
              gpu: wantsGpu(container),
            },
            writeKubeconfig: serviceAccountDir =>
              writePodKubeconfig({
                file: path.join(containerDir, 'kubeconfig'),
                server: context.api.server,
                ca: context.api.ca,
                namespace,
                serviceAccountDir,
              }),
          });
        },
        async serve({ exporter }) {
          const port = container.ports?.[0]?.containerPort;
          return exporter === undefined || port === undefined
            ? async () => {}
            : context.exporters.serve(exporter, {
                host: bind,
                port,
                nodeName: node.name,
              });
        },
        onImage(image) {
          const what =
            image.kind === 'simulated'
              ? image.simulated
              : image.simulated?.(container.args ?? []);
          if (what) {
            annotateSimulated(what);
          }
        },
        onChange: () => status.schedule(),
        onEvent: (type, reason, message) =>
          record(type, reason, message, `spec.${field}{${container.name}}`),
      }),
    );
  };
  if (!wasTerminal) {
    initSpecs.forEach(c =>
      addRunner(c, 'initContainers', known.initContainerStatuses),
    );
    spec.containers.forEach(c =>
      addRunner(c, 'containers', known.containerStatuses),
    );
  }
  const runnerOf = (container: V1Container) => {
    const runner = runners.find(r => r.container === container);
    if (!runner) {
      throw new Error(`no runner for container ${container.name}`);
    }
    return runner;
  };

  const armRenewal = () => {
    clearTimeout(renewTimer);
    const at = volumes.renewAt();
    if (at !== undefined && !stopping) {
      const delay = Math.min(Math.max(at - Date.now(), 1_000), MAX_TIMER_MS);
      renewTimer = setTimeout(refresh, delay);
    }
  };

  /** Brings the volumes of a running pod up to date. */
  function refresh() {
    refreshTimer = undefined;
    if (stopping || !sandboxReady) {
      return;
    }
    volumes
      .setUp(pod)
      // A source that has gone leaves the files as they were.
      .catch(error => context.logger(`${namespace}/${name}: ${error.message}`))
      .finally(armRenewal);
  }

  const setUpVolumes = async () => {
    let delay = MOUNT_RETRY_MS;
    while (!stopping) {
      try {
        await volumes.setUp(pod);
        armRenewal();
        return;
      } catch (error) {
        if (stopping || isNotFound(error)) {
          return;
        }
        record(
          'Warning',
          'FailedMount',
          error instanceof VolumeError ? error.message : errorMessage(error),
        );
        await waiter.wait(delay);
        delay = Math.min(delay * 2, MAX_MOUNT_RETRY_MS);
      }
    }
  };

  /** Ends what runs, as the pod's grace period has it. */
  const stopRunners = () => {
    const graceMs = graceOf(pod) * 1000;
    runners.forEach(r => r.stop(graceMs));
  };

  const runAll = async () => {
    const running: Array<Promise<unknown>> = [];
    for (const container of initSpecs) {
      const runner = runnerOf(container);
      if (isSidecar(container)) {
        running.push(runner.run());
        await runner.started;
      } else {
        const code = await runner.run();
        if (code !== 0) {
          // It failed for good, or the pod is being stopped.
          if (!stopping) {
            terminal = true;
            stopRunners();
          }
          await Promise.all(running);
          return;
        }
      }
      if (stopping) {
        break;
      }
    }
    if (!stopping) {
      initialized = true;
      status.schedule();
      await Promise.all(spec.containers.map(c => runnerOf(c).run()));
      terminal = true;
      // Sidecars end when the work is done.
      stopRunners();
    }
    await Promise.all(running);
  };

  const run = async () => {
    if (wasTerminal) {
      return;
    }
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    status.schedule();
    await setUpVolumes();
    if (stopping) {
      return;
    }
    sandboxReady = true;
    if (!isNew && !runners.every(r => isSimulated(r.container, context))) {
      record(
        'Normal',
        'SandboxChanged',
        'Pod sandbox changed, it will be killed and re-created.',
      );
    }
    armDeadline();
    status.schedule();
    await runAll();
    status.schedule();
  };

  function armDeadline() {
    const seconds = spec.activeDeadlineSeconds;
    if (seconds === undefined) {
      return;
    }
    const left = (toMillis(startTime) ?? 0) + seconds * 1000 - Date.now();
    deadlineTimer = setTimeout(() => {
      failure = {
        reason: 'DeadlineExceeded',
        message:
          'Pod was active on the node longer than the specified deadline',
      };
      record('Normal', failure.reason, failure.message);
      stopRunners();
    }, Math.min(Math.max(left, 0), MAX_TIMER_MS));
  }

  const finished = run().catch(error => {
    context.logger(`pod ${namespace}/${name}: ${errorMessage(error)}`);
  });

  const stop = (graceMs: number, quiet: boolean) => {
    stopping = true;
    clearTimeout(refreshTimer);
    clearTimeout(renewTimer);
    clearTimeout(deadlineTimer);
    waiter.wake();
    runners.forEach(r => r.stop(graceMs, quiet));
  };

  const cleanUp = () => {
    status.stop();
    context.addresses.release(uid);
    rmSync(dir, { recursive: true, force: true });
    onGone();
  };

  const terminate = async () => {
    stop(graceOf(pod) * 1000, false);
    if (deleting) {
      return;
    }
    deleting = true;
    await finished;
    if (detached) {
      return;
    }
    terminal = true;
    await status.flush();
    for (;;) {
      try {
        await context.api.delete(corePath('pods', namespace, name), {
          apiVersion: 'v1',
          kind: 'DeleteOptions',
          gracePeriodSeconds: 0,
          preconditions: { uid },
        });
        return;
      } catch (error) {
        if (isNotFound(error) || detached) {
          return;
        }
        context.logger(`${namespace}/${name}: ${errorMessage(error)}`);
        await waiter.wait(1_000);
      }
    }
  };

  const worker: PodWorker = {
    uid,
    pod: () => pod,
    update(next) {
      pod = next;
      if (next.metadata?.deletionTimestamp) {
        terminate().catch(error => context.logger(errorMessage(error)));
      }
    },
    gone() {
      detached = true;
      stop(0, true);
      finished.then(cleanUp, cleanUp);
    },
    referencesChanged() {
      waiter.wake();
      runners.forEach(r => r.retry());
      if (!refreshTimer && sandboxReady && !stopping) {
        refreshTimer = setTimeout(refresh, REFRESH_MS);
      }
    },
    async shutDown(maxGraceMs) {
      detached = true;
      stop(Math.min(graceOf(pod) * 1000, maxGraceMs), true);
      await finished;
      status.stop();
    },
    log(containerName, previous) {
      const runner = runners.find(r => r.container.name === containerName);
      const before = [
        ...(known.initContainerStatuses ?? []),
        ...(known.containerStatuses ?? []),
      ].find(item => item.name === containerName);
      return findPodLog({
        pod: { name, namespace },
        logsDir: path.join(dir, 'logs'),
        container: containerName,
        previous,
        shown: runner ? toContainerStatus(runner.view) : before,
        live: runner?.log(),
      });
    },
    pids() {
      return new Map(
        runners.flatMap(r => {
          const pid = r.pid();
          return pid === undefined ? [] : [[r.container.name, pid] as const];
        }),
      );
    },
  };
  if (pod.metadata?.deletionTimestamp) {
    worker.update(pod);
  }
  return worker;
}

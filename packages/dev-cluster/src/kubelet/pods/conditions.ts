import { V1PodCondition, V1PodSpec } from '@kubernetes/client-node';
import { ContainerView } from './containerView';
import { PodPhase, isSidecar } from './phase';

type Verdict = Pick<V1PodCondition, 'status' | 'reason' | 'message'>;

/** @public */
export interface ConditionOptions {
  spec: V1PodSpec;
  generation: number | undefined;
  phase: PodPhase;
  init: readonly ContainerView[];
  containers: readonly ContainerView[];
  initialized: boolean;
  /** Whether volumes and address are there. */
  sandboxReady: boolean;
  /** The pod's conditions as they are, for times and readiness gates. */
  previous: readonly V1PodCondition[];
  now: Date;
}

/** The conditions that the kubelet keeps, in its words. @public */
export function podConditions(options: ConditionOptions): V1PodCondition[] {
  const { spec, phase, previous } = options;
  const verdicts: Array<[string, Verdict]> = [
    [
      'PodReadyToStartContainers',
      { status: options.sandboxReady ? 'True' : 'False' },
    ],
    ['Initialized', initialized(options)],
    ['Ready', ready(spec, containersReady(options), previous)],
    ['ContainersReady', containersReady(options)],
  ];
  if (phase === 'Succeeded' || phase === 'Failed') {
    verdicts[0][1] = { status: 'False' };
  }
  return verdicts.map(([type, verdict]) => {
    const before = previous.find(condition => condition.type === type);
    return {
      type,
      ...verdict,
      observedGeneration: options.generation,
      lastProbeTime: undefined,
      lastTransitionTime:
        before?.status === verdict.status
          ? before.lastTransitionTime
          : options.now,
    };
  });
}

function initialized(options: ConditionOptions): Verdict {
  const { spec, init, phase } = options;
  if (options.initialized) {
    return phase === 'Succeeded'
      ? { status: 'True', reason: 'PodCompleted' }
      : { status: 'True' };
  }
  const sidecars = (spec.initContainers ?? []).map(isSidecar);
  const incomplete = init
    .filter((view, index) =>
      sidecars[index] ? !view.started : view.state.terminated?.exitCode !== 0,
    )
    .map(view => view.name);
  return {
    status: 'False',
    reason: 'ContainersNotInitialized',
    message: `containers with incomplete status: ${list(incomplete)}`,
  };
}

function containersReady({
  spec,
  phase,
  init,
  containers,
}: ConditionOptions): Verdict {
  if (phase === 'Succeeded') {
    return { status: 'False', reason: 'PodCompleted' };
  }
  if (phase === 'Failed') {
    return { status: 'False', reason: 'PodFailed' };
  }
  const sidecars = (spec.initContainers ?? []).map(isSidecar);
  const unready = [...init.filter((_, index) => sidecars[index]), ...containers]
    .filter(view => !view.ready)
    .map(view => view.name);
  return unready.length === 0
    ? { status: 'True' }
    : {
        status: 'False',
        reason: 'ContainersNotReady',
        message: `containers with unready status: ${list(unready)}`,
      };
}

function ready(
  spec: V1PodSpec,
  containers: Verdict,
  previous: readonly V1PodCondition[],
): Verdict {
  if (containers.status !== 'True') {
    return containers;
  }
  const missing = (spec.readinessGates ?? []).flatMap(({ conditionType }) => {
    const gate = previous.find(c => c.type === conditionType);
    if (!gate) {
      return [
        `corresponding condition of pod readiness gate "${conditionType}" does not exist.`,
      ];
    }
    return gate.status === 'True'
      ? []
      : [
          `the status of pod readiness gate "${conditionType}" is not "True", but ${gate.status}`,
        ];
  });
  return missing.length === 0
    ? { status: 'True' }
    : {
        status: 'False',
        reason: 'ReadinessGatesNotReady',
        message: missing.join(', '),
      };
}

/** Go's print of a list of strings. */
function list(names: string[]): string {
  return `[${names.join(' ')}]`;
}

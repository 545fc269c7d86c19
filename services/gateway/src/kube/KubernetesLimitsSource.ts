import { CoreV1Api, loadYaml, type KubeConfig } from '@kubernetes/client-node';
import { CONFIG_LABEL, GATEWAY_LIMITS } from '../labels';
import {
  noLimits,
  readLimitsConfig,
  type LimitsSink,
  type LimitsSource,
} from '../limits';
import { watchList, type WatchedList } from './watchList';

/** The ConfigMap's entry. */
const ENTRY = 'limits.yaml';

/**
 * Limits of teams and people from the labelled ConfigMap in one namespace, by
 * list-watch. What can't be understood changes nothing and is reported.
 *
 * @public
 */
export class KubernetesLimitsSource implements LimitsSource {
  private list: WatchedList | undefined;

  constructor(
    private readonly kubeConfig: KubeConfig,
    private readonly namespace: string,
  ) {}

  start(sink: LimitsSink): void {
    const { kubeConfig, namespace } = this;
    const core = kubeConfig.makeApiClient(CoreV1Api);
    this.list = watchList({
      kubeConfig,
      name: 'usage limits',
      path: `/api/v1/namespaces/${namespace}/configmaps`,
      labelSelector: `${CONFIG_LABEL}=${GATEWAY_LIMITS}`,
      list: selectors =>
        core.listNamespacedConfigMap({ namespace, ...selectors }),
      onItems: configMaps => {
        if (configMaps.length > 1) {
          const names = configMaps.map(({ metadata }) => metadata?.name).sort();
          sink.onProblem(
            `more than one ConfigMap has the usage limits (${names.join(
              ', ',
            )}): what held before goes on`,
          );
        } else if (configMaps.length === 0) {
          sink.onLimits(noLimits);
        } else {
          const [{ metadata, data }] = configMaps;
          readEntry(metadata?.name ?? '', data?.[ENTRY], sink);
        }
      },
      onProblem: message => sink.onProblem(message),
    });
  }

  async stop(): Promise<void> {
    await this.list?.stop();
  }
}

function readEntry(name: string, text: string | undefined, sink: LimitsSink) {
  const broken = (problem: string) =>
    sink.onProblem(
      `ConfigMap '${name}', ${ENTRY}: ${problem}; what held before goes on`,
    );
  if (text === undefined) {
    broken('is missing');
    return;
  }
  let value: unknown;
  try {
    value = loadYaml(text);
  } catch (error) {
    broken(`is not YAML (${(error as Error).message.split('\n')[0]})`);
    return;
  }
  const result = readLimitsConfig(value);
  if ('problems' in result) {
    result.problems.forEach(broken);
  } else {
    sink.onLimits(result.config);
  }
}

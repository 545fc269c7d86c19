import type { V1Container } from '@kubernetes/client-node';
import type { Problem } from '../references';
import { RenderedObject, nameOf, workloadsOf } from '../rendered';

const SERVICE_LABEL = 'llm-platform.dev/service';

/** What services/service-kit answers, and what asks there. */
const PROBES = {
  startupProbe: '/startup',
  livenessProbe: '/health',
  readinessProbe: '/ready',
} as const;

/** Names of variables of which a team service has exactly one. */
const BACKENDS = ['VLLM_BASE_URL', 'SAGEMAKER_ENDPOINT_NAME'];

/**
 * The services of the platform are asked at the paths that they have
 * (incident 24), and each team's service has one model behind it (incident 27).
 *
 * @public
 */
export function checkServices(objects: RenderedObject[]): Problem[] {
  return workloadsOf(objects)
    .filter(({ template }) => template.metadata?.labels?.[SERVICE_LABEL])
    .flatMap(({ object, template }) => {
      const [container] = template.spec.containers;
      return [...probeProblems(container), ...backendProblems(container)].map(
        message => ({ at: nameOf(object), message }),
      );
    });
}

function probeProblems(container: V1Container): string[] {
  return Object.entries(PROBES).flatMap(([name, path]) => {
    const asked = container[name as keyof typeof PROBES]?.httpGet;
    return asked?.path === path && asked.port === 'http'
      ? []
      : [
          `its ${name} asks ${
            asked ? `${asked.path} on ${asked.port}` : 'nothing'
          }; a service of the platform answers at ${path} on http`,
        ];
  });
}

function backendProblems({ env = [] }: V1Container): string[] {
  if (!env.some(({ name }) => name === 'TEAM')) {
    return [];
  }
  const set = BACKENDS.filter(name =>
    env.some(variable => variable.name === name && variable.value),
  );
  return set.length === 1
    ? []
    : [
        `it has ${
          set.length === 0 ? 'no model behind it' : set.join(' and ')
        }: set exactly one of ${BACKENDS.join(' and ')}`,
      ];
}

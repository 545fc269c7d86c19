import { objectName, statusesOf, type Rule } from './facts';
import type { Diagnosis } from './types';

interface Missing {
  kind: 'Secret' | 'ConfigMap';
  name: string;
  key?: string;
}

/** The kubelet's wordings for something that a pod refers to and that isn't there. */
function readMissing(text: string): Missing | undefined {
  const key =
    /couldn't find key (\S+) in (Secret|ConfigMap) (?:[^/\s]+\/)?(\S+)/i.exec(
      text,
    );
  if (key) {
    return {
      kind: /secret/i.test(key[2]) ? 'Secret' : 'ConfigMap',
      name: key[3],
      key: key[1],
    };
  }
  const object = /\b(secret|configmap) "([^"]+)" not found/i.exec(text);
  return object
    ? {
        kind: /secret/i.test(object[1]) ? 'Secret' : 'ConfigMap',
        name: object[2],
      }
    : undefined;
}

function finding(missing: Missing, object: string, text: string): Diagnosis {
  const { kind, name, key } = missing;
  const what = key ? `key "${key}" of ${kind} ${name}` : `${kind} ${name}`;
  return {
    cause: `${kind.toLowerCase()}-${key ? 'key-' : ''}missing`,
    severity: 'error',
    phase: 'image-pulled',
    title: `The ${what} does not exist`,
    explanation: `The pod needs the ${what} in its namespace and cannot start without it.`,
    evidence: [{ object, text }],
    remedy: key
      ? `Add the key to the ${kind}, or correct its name in the spec.`
      : `Create the ${kind} in the namespace of the pod, or correct its name.`,
  };
}

const containerConfig: Rule = facts =>
  statusesOf(facts).flatMap(({ pod, status }) => {
    const { waiting } = status.state ?? {};
    const text = waiting?.message ?? '';
    const missing =
      waiting?.reason === 'CreateContainerConfigError'
        ? readMissing(text)
        : undefined;
    return missing ? [finding(missing, objectName('Pod', pod), text)] : [];
  });

const mounts: Rule = facts =>
  (facts.events ?? [])
    .filter(
      ({ reason, involvedObject }) =>
        reason === 'FailedMount' &&
        facts.pods.some(
          ({ metadata, status }) =>
            metadata?.name === involvedObject?.name &&
            status?.phase === 'Pending',
        ),
    )
    .flatMap(({ message = '', involvedObject }) => {
      const missing = readMissing(message);
      const { namespace, name } = involvedObject ?? {};
      return missing
        ? [finding(missing, `Pod ${namespace}/${name}`, message)]
        : [];
    });

/** Incidents 6 and 29. */
export const configRules: Rule[] = [containerConfig, mounts];

import { objectName, type DiagnosisFacts, type Rule } from './facts';
import type { Diagnosis } from './types';

/** Why pods could not be created: the Deployment's condition, else its ReplicaSets' events. */
function creationFailure(facts: DiagnosisFacts): string | undefined {
  const conditions = facts.deployment?.status?.conditions;
  const condition = conditions?.find(
    ({ type, status }) => type === 'ReplicaFailure' && status === 'True',
  );
  if (condition || conditions === undefined) {
    return condition?.message;
  }
  return undefined;
}

/** What a ResourceQuota or LimitRange refused. */
export const admissionRule: Rule = facts => {
  const text = creationFailure(facts);
  if (text === undefined || !facts.deployment) {
    return [];
  }
  const evidence = [
    { object: objectName('Deployment', facts.deployment), text },
  ];
  const quota =
    /exceeded quota: ([^,]+), requested: (.+?), used: (.+?), limited: (.+)$/.exec(
      text,
    );
  if (quota) {
    const [, name, requested, used, limited] = quota;
    return [
      {
        cause: 'quota-exceeded',
        severity: 'error',
        phase: 'scheduled',
        title: `The quota ${name} is used up`,
        explanation: `A pod asks for ${requested}; used are ${used} of ${limited}.`,
        evidence,
        remedy:
          'Lower the request, stop something in the namespace, or ask a platform engineer for a higher quota.',
      },
    ];
  }
  const range =
    /(?:minimum|maximum) \S+ usage per (?:Container|Pod) is .+$/.exec(text);
  return range
    ? [
        {
          cause: 'limit-range-refused',
          severity: 'error',
          phase: 'scheduled',
          title: 'The namespace limits the size of pods',
          explanation: range[0],
          evidence,
          remedy: 'Change requests and limits to stay within the LimitRange.',
        } satisfies Diagnosis,
      ]
    : [];
};

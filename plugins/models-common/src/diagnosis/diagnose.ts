import { admissionRule } from './admission';
import { configRules } from './config';
import { crashLoopRule, probeRule } from './containers';
import type { DiagnosisFacts, Rule } from './facts';
import { imageRules } from './images';
import { memoryRules } from './memory';
import { missingRule } from './missing';
import { schedulingRules } from './scheduling';
import { storageRules } from './storage';
import type { Diagnosis } from './types';

const SPECIFIC: Rule[] = [
  missingRule,
  admissionRule,
  ...storageRules,
  ...schedulingRules,
  ...imageRules,
  ...configRules,
  ...memoryRules,
];

/** Says what happens, not why: only where no specific rule speaks. */
const GENERIC: Rule[] = [probeRule, crashLoopRule];

const SEVERITY: Diagnosis['severity'][] = ['error', 'warning', 'info'];

/** Two pods with one trouble are one finding with two pieces of evidence. */
function merge(found: Diagnosis[]): Diagnosis[] {
  const merged = new Map<string, Diagnosis>();
  for (const diagnosis of found) {
    const key = `${diagnosis.cause} ${diagnosis.explanation}`;
    const known = merged.get(key);
    merged.set(
      key,
      known
        ? { ...known, evidence: [...known.evidence, ...diagnosis.evidence] }
        : diagnosis,
    );
  }
  return [...merged.values()];
}

/** What is wrong, most severe first; an unknown cause gives nothing rather than a wrong one. @public */
export function diagnose(facts: DiagnosisFacts): Diagnosis[] {
  const specific = SPECIFIC.flatMap(rule => rule(facts));
  const found =
    specific.length > 0 ? specific : GENERIC.flatMap(rule => rule(facts));
  return merge(found).sort(
    (a, b) => SEVERITY.indexOf(a.severity) - SEVERITY.indexOf(b.severity),
  );
}

import { checkDryRun } from './checks/dryRun';
import { checkFit } from './checks/fit';
import { checkGpus } from './checks/gpus';
import { checkImage } from './checks/image';
import { checkName } from './checks/name';
import { checkQuota } from './checks/quota';
import { checkResources } from './checks/resources';
import { checkSpec } from './checks/spec';
import { checkStorage } from './checks/storage';
import { checkToken } from './checks/token';
import type { PreflightFacts } from './facts';
import type { Check } from './outcome';
import {
  PREFLIGHT_CHECKS,
  type PreflightCheck,
  type PreflightReport,
  type PreflightVerdict,
} from './types';

const CHECKS: Record<PreflightCheck['id'], { title: string; check: Check }> = {
  spec: { title: 'Form', check: checkSpec },
  fit: { title: 'GPU memory', check: checkFit },
  gpus: { title: 'Free GPUs', check: checkGpus },
  resources: { title: 'CPU and memory', check: checkResources },
  quota: { title: 'Quota', check: checkQuota },
  storage: { title: 'Storage', check: checkStorage },
  token: { title: 'Access to the model', check: checkToken },
  image: { title: 'Image', check: checkImage },
  name: { title: 'Name', check: checkName },
  'dry-run': { title: 'API server', check: checkDryRun },
};

/** From worst to best. */
const ORDER: PreflightVerdict[] = ['block', 'unknown', 'warn', 'pass'];

/** All checks, in the order of `PREFLIGHT_CHECKS`. Pure; never throws. @public */
export function runPreflightChecks(facts: PreflightFacts): PreflightCheck[] {
  return PREFLIGHT_CHECKS.map(id => ({
    id,
    title:
      id === 'fit' && facts.profile && !facts.profile.gpu
        ? 'Memory'
        : CHECKS[id].title,
    ...CHECKS[id].check(facts),
  }));
}

/** The worst of the checks: block, then unknown, then warn, then pass. @public */
export function summarizeVerdict(checks: PreflightCheck[]): PreflightVerdict {
  return (
    ORDER.find(verdict => checks.some(check => check.verdict === verdict)) ??
    'unknown'
  );
}

/** Checks, verdict, fit, manifests and changes in one. @public */
export function buildPreflightReport(facts: PreflightFacts): PreflightReport {
  const checks = runPreflightChecks(facts);
  return {
    verdict: summarizeVerdict(checks),
    checks,
    fit: facts.fit,
    manifests: facts.manifests,
    changes: facts.dryRun?.changes ?? [],
  };
}

import {
  computeFit,
  lookupArchitecture,
  parseModelDeploymentSpec,
  renderModelDeployment,
  runPreflightChecks,
  summarizeVerdict,
  type GpuProfile,
  type PreflightCheck,
  type PreflightReport,
  type SpecProblem,
} from '@llm-platform/plugin-models-common';
import type { Deployment } from '../deployment';

/** Checks that need no cluster, so that the form can show them at once. */
const LOCAL_CHECKS: ReadonlySet<PreflightCheck['id']> = new Set([
  'spec',
  'fit',
]);

/** What the form knows before the backend has answered. */
export interface LocalReport {
  problems: SpecProblem[];
  /** Undefined while the profile is unknown. */
  report: PreflightReport | undefined;
}

export function localReport(
  deployment: Deployment,
  profiles: GpuProfile[],
): LocalReport {
  const parsed = parseModelDeploymentSpec(deployment.spec);
  const problems = parsed.ok ? [] : parsed.problems;
  const profile = profiles.find(
    ({ id }) => id === deployment.spec.spec.profile,
  );
  if (!profile) {
    return { problems, report: undefined };
  }
  const { spec } = deployment;
  const architecture =
    spec.spec.model.architecture ??
    lookupArchitecture(spec.spec.model.id).architecture;
  const fit = computeFit({ spec, profile, architecture, profiles });
  const checks = runPreflightChecks({
    spec,
    specProblems: problems,
    profile,
    gated: architecture?.gated,
    fit,
    manifests: [],
  }).filter(({ id }) => LOCAL_CHECKS.has(id));
  return {
    problems,
    report: {
      verdict: summarizeVerdict(checks),
      checks,
      fit,
      manifests: parsed.ok ? renderModelDeployment(spec, { profile }) : [],
      changes: [],
    },
  };
}

/** The local checks over the cluster's from before the last change. */
export function mergeReports(
  local: PreflightReport | undefined,
  previous: PreflightReport | undefined,
): PreflightReport | undefined {
  if (!local || !previous) {
    return local ?? previous;
  }
  const checks = [
    ...local.checks,
    ...previous.checks.filter(({ id }) => !LOCAL_CHECKS.has(id)),
  ];
  return { ...previous, ...local, checks, verdict: summarizeVerdict(checks) };
}

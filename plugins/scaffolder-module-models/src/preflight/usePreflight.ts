import { useCallback, useEffect, useMemo, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import type {
  GpuProfile,
  PreflightReport,
  SpecProblem,
} from '@llm-platform/plugin-models-common';
import { modelsApiRef } from '@llm-platform/plugin-models-react';
import type { Deployment } from '../deployment';
import { localReport, mergeReports } from './localReport';

/** Long enough for a slider to come to rest, short enough to feel live. */
const DEBOUNCE_MS = 350;

/** The newest knowledge about whether it will run. */
export interface PreflightState {
  report: PreflightReport | undefined;
  problems: SpecProblem[];
  /** The cluster's part is on its way. */
  checking: boolean;
  error: Error | undefined;
  retry: () => void;
}

interface Answer {
  key: string;
  report?: PreflightReport;
  error?: Error;
}

/** What can be computed here at once, what the cluster says as soon as it has said it. */
export function usePreflight(
  deployment: Deployment | undefined,
  profiles: GpuProfile[],
): PreflightState {
  const api = useApi(modelsApiRef);
  const [attempt, setAttempt] = useState(0);
  const [answer, setAnswer] = useState<Answer>();
  const [previous, setPrevious] = useState<PreflightReport>();

  const key = deployment ? JSON.stringify(deployment) : undefined;
  const local = useMemo(
    () => (deployment ? localReport(deployment, profiles) : undefined),
    [deployment, profiles],
  );
  const valid = local !== undefined && local.problems.length === 0;

  useEffect(() => {
    if (!key || !valid) {
      return undefined;
    }
    // Only the newest request may answer: an older one that comes later is dropped
    let newest = true;
    const timer = setTimeout(async () => {
      const { cluster, spec } = JSON.parse(key) as Deployment;
      try {
        const report = await api.preflight({ cluster, spec });
        if (newest) {
          setAnswer({ key, report });
          setPrevious(report);
        }
      } catch (caught) {
        if (newest) {
          setAnswer({ key, error: toError(caught) });
        }
      }
    }, DEBOUNCE_MS);
    return () => {
      newest = false;
      clearTimeout(timer);
    };
  }, [api, key, valid, attempt]);

  const retry = useCallback(() => {
    setAnswer(undefined);
    setAttempt(count => count + 1);
  }, []);

  const current = answer && answer.key === key ? answer : undefined;
  return {
    report:
      current?.report ??
      mergeReports(local?.report, valid ? previous : undefined),
    problems: local?.problems ?? [],
    checking: valid && !current,
    error: current?.error,
    retry,
  };
}

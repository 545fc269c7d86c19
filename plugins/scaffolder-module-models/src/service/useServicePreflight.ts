import { useCallback, useEffect, useMemo, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import {
  parseTeamServiceSpec,
  type ServicePreflightReport,
  type SpecProblem,
} from '@llm-platform/plugin-models-common';
import { modelsApiRef } from '@llm-platform/plugin-models-react';
import type { ServiceDraft } from './complete';

const DEBOUNCE_MS = 350;

interface Answer {
  key: string;
  report?: ServicePreflightReport;
  error?: Error;
}

/** What is wrong with the form, and what the cluster says of what is right. */
export function useServicePreflight(draft: ServiceDraft) {
  const api = useApi(modelsApiRef);
  const [attempt, setAttempt] = useState(0);
  const [answer, setAnswer] = useState<Answer>();
  const key = JSON.stringify(draft);
  const problems: SpecProblem[] = useMemo(() => {
    const { spec } = JSON.parse(key) as ServiceDraft;
    const parsed = parseTeamServiceSpec(spec);
    return parsed.ok ? [] : parsed.problems;
  }, [key]);
  const valid = problems.length === 0;

  useEffect(() => {
    if (!valid) {
      return undefined;
    }
    // Only the newest request may answer: an older one that comes later is dropped
    let newest = true;
    const timer = setTimeout(async () => {
      const { cluster, spec } = JSON.parse(key) as ServiceDraft;
      try {
        const report = await api.preflightService({ cluster, spec });
        if (newest) {
          setAnswer({ key, report });
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
  const isCurrent = answer?.key === key;
  return {
    problems,
    /** Of this draft, or while it is being checked of the one before. */
    report: valid ? answer?.report : undefined,
    isCurrent,
    checking: valid && !isCurrent,
    error: isCurrent ? answer?.error : undefined,
    retry,
  };
}

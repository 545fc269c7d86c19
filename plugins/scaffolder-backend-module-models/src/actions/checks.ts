import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ObjectChange,
  PreflightVerdict,
} from '@llm-platform/plugin-models-common';

const MARKS: Record<PreflightVerdict, string> = {
  pass: '✓',
  warn: '!',
  block: '✗',
  unknown: '?',
};

interface Report {
  checks: Array<{
    title: string;
    verdict: PreflightVerdict;
    message: string;
    remedy?: string;
  }>;
  changes: ObjectChange[];
}

/** Writes a report into the task's log; throws where a check blocks. */
export function logChecks(
  report: Report,
  options: { logger: LoggerService; refusal: string },
): void {
  const { logger } = options;
  for (const check of report.checks) {
    const line = `${MARKS[check.verdict]} ${check.title}: ${check.message}`;
    if (check.verdict === 'pass') {
      logger.info(line);
    } else {
      logger.warn(check.remedy ? `${line} → ${check.remedy}` : line);
    }
  }
  const blocked = report.checks.filter(({ verdict }) => verdict === 'block');
  if (blocked.length > 0) {
    throw new Error(
      `${options.refusal} ${blocked
        .map(({ title, message }) => `${title}: ${message}`)
        .join(' ')}`,
    );
  }
  for (const { ref, operation } of report.changes) {
    logger.info(
      `Will ${operation === 'unchanged' ? 'keep' : operation} ${ref.kind} ${
        ref.namespace
      }/${ref.name}`,
    );
  }
}

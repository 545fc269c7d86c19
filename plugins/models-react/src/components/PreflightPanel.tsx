import type { ReactNode } from 'react';
import { Button, Skeleton } from '@backstage/ui';
import type {
  FitResult,
  PreflightVerdict,
} from '@llm-platform/plugin-models-common';
import { errorMessage } from './explainError';
import { MemoryBar } from './MemoryBar';
import { VerdictIcon } from './VerdictIcon';
import css from './PreflightPanel.module.css';

/** A change that would make the model fit. @public */
export type FitSuggestion = FitResult['suggestions'][number];

/** What the panel shows: a model's preflight, or another one that has no memory to show. @public */
export interface PanelReport {
  verdict: PreflightVerdict;
  checks: Array<{
    id: string;
    title: string;
    verdict: PreflightVerdict;
    message: string;
    remedy?: string;
  }>;
  fit?: FitResult;
}

/** @public */
export interface PreflightPanelProps {
  /** The newest answer; undefined while there is none. */
  report: PanelReport | undefined;
  /** A newer answer is on its way; the old one stays, dimmed. */
  checking?: boolean;
  /** The check itself failed. */
  error?: Error;
  onRetry?: () => void;
  /** Name of the device of the profile, for the memory bar; no bar without a GPU. */
  device?: string;
  /** Makes suggestions into buttons. */
  onApply?: (suggestion: FitSuggestion) => void;
  /** What is missing before anything can be checked: `Choose a model first.` */
  incomplete?: string;
  /** Below the checks: for example the switch to the manifests. */
  children?: ReactNode;
}

const HEADLINES: Record<PreflightVerdict, string> = {
  pass: 'It will run',
  warn: 'It may run; read the warnings',
  block: 'It will not run',
  unknown: 'Not everything could be checked',
};

const VERDICT_WORDS: Record<PreflightVerdict, string> = {
  pass: 'Passed',
  warn: 'Warning',
  block: 'Blocked',
  unknown: 'Unknown',
};

/**
 * "Will it run?": verdict, memory to scale, and each check with its number and remedy.
 *
 * @public
 */
export function PreflightPanel(props: PreflightPanelProps) {
  const { report, checking, error, incomplete } = props;
  return (
    <section
      className={css.panel}
      aria-label="Will it run?"
      aria-busy={checking}
    >
      <header className={css.header}>
        <h3 className={css.heading}>Will it run?</h3>
        {checking ? <span className={css.checking}>Checking…</span> : undefined}
      </header>
      {error ? (
        <div role="alert" className={css.failed}>
          <span>The check could not be made: {errorMessage(error)}</span>
          {props.onRetry ? (
            <Button size="small" variant="secondary" onPress={props.onRetry}>
              Retry
            </Button>
          ) : undefined}
        </div>
      ) : undefined}
      {incomplete && !report ? (
        <p className={css.hint}>{incomplete}</p>
      ) : undefined}
      {!report && !incomplete && !error ? <Pending /> : undefined}
      {report ? (
        <Report {...props} report={report} stale={Boolean(checking || error)} />
      ) : undefined}
      {props.children}
    </section>
  );
}

function Pending() {
  return (
    <div className={css.pending} aria-hidden="true">
      <Skeleton height={24} />
      {['spec', 'fit', 'gpus', 'storage', 'dry-run'].map(id => (
        <Skeleton key={id} height={20} width="80%" />
      ))}
    </div>
  );
}

function Report(
  props: PreflightPanelProps & { report: PanelReport; stale: boolean },
) {
  const { report, stale, onApply } = props;
  const { fit } = report;
  return (
    <div className={css.report} aria-busy={stale}>
      <p className={css.verdict} data-verdict={report.verdict} role="status">
        <VerdictIcon verdict={report.verdict} size={16} />
        {HEADLINES[report.verdict]}
      </p>
      {fit && fit.totalGiB > 0 ? (
        <MemoryBar fit={fit} device={props.device} />
      ) : undefined}
      <ul className={css.checks}>
        {report.checks.map(check => (
          <li key={check.id} className={css.check} data-verdict={check.verdict}>
            <VerdictIcon verdict={check.verdict} />
            <div className={css.body}>
              <span className={css.title}>
                {check.title}
                <span className={css.word}>
                  {' '}
                  {VERDICT_WORDS[check.verdict]}
                </span>
              </span>
              <span className={css.message}>{check.message}</span>
              {check.remedy && check.verdict !== 'pass' ? (
                <span className={css.remedy}>{check.remedy}</span>
              ) : undefined}
              {check.id === 'fit' &&
              check.verdict !== 'pass' &&
              onApply &&
              fit &&
              fit.suggestions.length > 0 ? (
                <span className={css.suggestions}>
                  {fit.suggestions.map(suggestion => (
                    <Button
                      key={suggestion.label}
                      size="small"
                      variant="secondary"
                      onPress={() => onApply(suggestion)}
                    >
                      {suggestion.label}
                    </Button>
                  ))}
                </span>
              ) : undefined}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

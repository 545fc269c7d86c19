import {
  formatDuration,
  Section,
  StateIcon,
  useNow,
} from '@llm-platform/plugin-models-react';
import type {
  BootstrapStep,
  ModelState,
  PlatformStatus,
} from '@llm-platform/plugin-models-common';
import css from './HomePage.module.css';

const ICONS: Record<BootstrapStep['status'], ModelState | undefined> = {
  done: 'Ready',
  running: 'Starting',
  pending: undefined,
  failed: 'Failing',
};

const WORDS: Record<BootstrapStep['status'], string> = {
  done: 'done',
  running: 'running',
  pending: 'to come',
  failed: 'failed',
};

/** How far the embedded cluster is; the portal answers before it does. */
export function BootstrapProgress(props: { status: PlatformStatus }) {
  const steps = props.status.bootstrap ?? [];
  const done = steps.filter(step => step.status === 'done').length;
  const failed = steps.find(step => step.status === 'failed');
  const now = useNow();

  return (
    <Section
      title={failed ? 'The platform did not start' : 'The platform is starting'}
      actions={
        <span className={css.quiet}>
          {done} of {steps.length}
        </span>
      }
    >
      <div className={css.bootstrap}>
        <div
          className={css.progress}
          role="progressbar"
          aria-label="Start of the platform"
          aria-valuemin={0}
          aria-valuemax={steps.length}
          aria-valuenow={done}
        >
          <i
            style={{ width: `${(done / Math.max(1, steps.length)) * 100}%` }}
          />
        </div>
        <ol>
          {steps.map(step => (
            <li key={step.id} data-status={step.status}>
              <StepIcon status={step.status} />
              <span className={css.step}>
                {step.title}
                <span className={css.hidden}> {WORDS[step.status]}</span>
                {step.message && step.status !== 'done' ? (
                  <span className={css.quiet}> {step.message}</span>
                ) : undefined}
              </span>
              <span className={css.took}>{took(step, now)}</span>
            </li>
          ))}
        </ol>
        {failed ? (
          <p className={css.advice}>
            The terminal in which the platform was started has the details. Fix
            the cause and start it again; what is done is not repeated.
          </p>
        ) : undefined}
      </div>
    </Section>
  );
}

function StepIcon(props: { status: BootstrapStep['status'] }) {
  const state = ICONS[props.status];
  return state ? (
    <StateIcon state={state} />
  ) : (
    <i className={css.toCome} aria-hidden="true" />
  );
}

function took(step: BootstrapStep, now: Date): string {
  if (!step.startedAt) {
    return '';
  }
  const end = step.finishedAt ? Date.parse(step.finishedAt) : now.getTime();
  return formatDuration(Math.max(0, end - Date.parse(step.startedAt)));
}

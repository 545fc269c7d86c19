import type { PlatformStatus } from '@llm-platform/plugin-models-common';
import css from './HomePage.module.css';

/** What still goes on after the start: one line each, until it is done. */
export function BackgroundSteps(props: { status: PlatformStatus }) {
  const steps = (props.status.bootstrap ?? []).filter(
    step => step.background && step.status !== 'done',
  );
  return (
    <>
      {steps.map(({ id, title, status, message }) => (
        <p key={id} className={css.quiet} role="status">
          {status === 'failed'
            ? `${title} could not be made ready: ${
                message ?? 'the terminal has the details'
              }`
            : `${title} is being made ready in the background${
                message ? `: ${message}` : ''
              }`}
        </p>
      ))}
    </>
  );
}

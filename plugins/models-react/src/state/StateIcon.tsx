import type { ReactElement } from 'react';
import type { ModelState } from '@llm-platform/plugin-models-common';
import css from './StateMark.module.css';

/** Each state has its own outline, so it can be told without colour. */
const SHAPES: Record<ModelState, ReactElement> = {
  Ready: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="m4.8 8.2 2.2 2.2 4.2-4.6" {...inner()} />
    </>
  ),
  Starting: (
    <>
      <circle cx="8" cy="8" r="6" {...outline()} />
      <path d="M8 4.2a3.8 3.8 0 0 1 0 7.6Z" fill="currentColor" />
    </>
  ),
  Waiting: (
    <>
      <circle cx="8" cy="8" r="6" {...outline()} />
      <path d="M8 4.6V8l2.4 1.6" {...outline()} />
    </>
  ),
  Degraded: (
    <>
      <path d="M8 1.6 15 14H1Z" fill="currentColor" />
      <path d="M8 6v3.6M8 11.7v.2" {...inner()} />
    </>
  ),
  Failing: (
    <>
      <path
        d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1Z"
        fill="currentColor"
      />
      <path d="m5.6 5.6 4.8 4.8m0-4.8-4.8 4.8" {...inner()} />
    </>
  ),
  Stopped: (
    <rect x="2.5" y="2.5" width="11" height="11" rx="1.5" {...outline()} />
  ),
  Unknown: (
    <>
      <circle cx="8" cy="8" r="6" strokeDasharray="2.4 2.3" {...outline()} />
      <circle cx="8" cy="8" r="1.4" fill="currentColor" />
    </>
  ),
};

function outline() {
  return {
    fill: 'none',
    stroke: 'currentColor',
    strokeWidth: 1.7,
    strokeLinecap: 'round',
  } as const;
}

function inner() {
  return {
    fill: 'none',
    stroke: 'var(--bui-bg-neutral-1)',
    strokeWidth: 1.8,
    strokeLinecap: 'round',
    strokeLinejoin: 'round',
  } as const;
}

/** @public */
export interface StateIconProps {
  state: ModelState;
  /** Pixels; default 14. */
  size?: number;
}

/** The shape of a state without its word; decorative, put the word next to it. @public */
export function StateIcon(props: StateIconProps) {
  const size = props.size ?? 14;
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      className={css.icon}
      data-state={props.state}
      aria-hidden="true"
    >
      {SHAPES[props.state]}
    </svg>
  );
}

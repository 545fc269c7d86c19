import {
  RiAlertFill,
  RiCheckLine,
  RiCloseCircleFill,
  RiQuestionLine,
} from '@remixicon/react';
import type { PreflightVerdict } from '@llm-platform/plugin-models-common';
import css from './PreflightPanel.module.css';

const ICONS = {
  pass: RiCheckLine,
  warn: RiAlertFill,
  block: RiCloseCircleFill,
  unknown: RiQuestionLine,
} as const;

/** Decorative; the verdict's word stands next to it. */
export function VerdictIcon(props: {
  verdict: PreflightVerdict;
  size?: number;
}) {
  const Icon = ICONS[props.verdict];
  return (
    <Icon
      size={props.size ?? 16}
      className={css.icon}
      data-verdict={props.verdict}
      aria-hidden="true"
    />
  );
}

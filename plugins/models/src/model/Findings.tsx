import type { Diagnosis } from '@llm-platform/plugin-models-common';
import css from './ModelPage.module.css';

const SEVERITY_ORDER: Record<Diagnosis['severity'], number> = {
  error: 0,
  warning: 1,
  info: 2,
};

const SEVERITY_WORDS: Record<Diagnosis['severity'], string> = {
  error: 'Error',
  warning: 'Warning',
  info: 'Note',
};

/** Causes, worst first, each with its evidence and remedy. */
export function Findings(props: { findings: Diagnosis[] }) {
  const findings = [...props.findings].sort(
    (a, b) => SEVERITY_ORDER[a.severity] - SEVERITY_ORDER[b.severity],
  );
  return (
    <ul className={css.findings}>
      {findings.map((finding, index) => (
        <li
          key={`${finding.cause}-${index}`}
          className={css.finding}
          data-severity={finding.severity}
        >
          <h3>
            {SEVERITY_WORDS[finding.severity]}: {finding.title}
          </h3>
          <p>{finding.explanation}</p>
          <p className={css.remedy}>{finding.remedy}</p>
          {finding.evidence.length > 0 ? (
            <ul className={css.evidence} aria-label="Evidence">
              {finding.evidence.map((evidence, i) => (
                <li key={i}>
                  <code>{evidence.object}</code>
                  {evidence.text}
                </li>
              ))}
            </ul>
          ) : undefined}
        </li>
      ))}
    </ul>
  );
}

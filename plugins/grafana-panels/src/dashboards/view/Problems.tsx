import { RiAlertLine } from '@remixicon/react';
import { plural } from '@llm-platform/plugin-models-react';
import type { DashboardNotice } from '@llm-platform/plugin-grafana-panels-common';
import css from './Problems.module.css';

/** What of the dashboard isn't shown as in Grafana. Panels say their own. */
export function Problems(props: { problems: readonly DashboardNotice[] }) {
  const general = props.problems.filter(({ panelId }) => !panelId);
  const missing = unique(general, 'error');
  const notes = unique(general, 'note');
  if (missing.length === 0 && notes.length === 0) {
    return undefined;
  }
  return (
    <div className={css.problems}>
      {missing.map(message => (
        <p key={message} className={css.missing}>
          <RiAlertLine size={16} aria-hidden="true" />
          {message}
        </p>
      ))}
      {notes.length > 0 ? (
        <details className={css.notes}>
          <summary>
            {plural(notes.length, 'thing')} otherwise than in Grafana
          </summary>
          <ul>
            {notes.map(message => (
              <li key={message}>{message}</li>
            ))}
          </ul>
        </details>
      ) : undefined}
    </div>
  );
}

function unique(
  problems: readonly DashboardNotice[],
  severity: DashboardNotice['severity'],
): string[] {
  return [
    ...new Set(
      problems
        .filter(problem => problem.severity === severity)
        .map(({ message }) => message),
    ),
  ];
}

import { useRef, type KeyboardEvent } from 'react';
import { Link } from 'react-router-dom';
import { VisuallyHidden } from '@backstage/ui';
import { RiExternalLinkLine } from '@remixicon/react';
import { tableStyles as table } from '@llm-platform/plugin-models-react';
import type { DashboardSummary } from '@llm-platform/plugin-grafana-panels-common';
import { dashboardLinks } from '../links';
import { sourceTitle } from './filter';
import css from './DashboardsPage.module.css';

export interface DashboardsTableProps {
  dashboards: DashboardSummary[];
  onTag: (tag: string) => void;
  /** ArrowUp on the first row. */
  onLeaveTop: () => void;
}

/** Rows open the dashboard; arrows walk, Enter opens. */
export function DashboardsTable(props: DashboardsTableProps) {
  const { dashboards, onTag, onLeaveTop } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const withFolder = dashboards.some(({ folder }) => folder);
  const withSource = new Set(dashboards.map(({ source }) => source)).size > 1;

  const walk = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') {
      return;
    }
    const titles = [
      ...(body.current?.querySelectorAll<HTMLElement>('[data-title]') ?? []),
    ];
    const row = (event.target as HTMLElement).closest('tr');
    const at = titles.findIndex(title => title.closest('tr') === row);
    if (at < 0) {
      return;
    }
    event.preventDefault();
    const next = at + (event.key === 'ArrowDown' ? 1 : -1);
    if (next < 0) {
      onLeaveTop();
    } else {
      titles[next]?.focus();
    }
  };

  return (
    <div className={table.scroll}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrow keys between the rows' links */}
      <table className={table.table} aria-label="Dashboards" onKeyDown={walk}>
        <thead>
          <tr>
            <th scope="col">Dashboard</th>
            {withFolder ? <th scope="col">Folder</th> : undefined}
            <th scope="col">Tags</th>
            {withSource ? <th scope="col">Source</th> : undefined}
            <th scope="col">
              <VisuallyHidden>In Grafana</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody ref={body}>
          {dashboards.map(dashboard => (
            <tr key={`${dashboard.source}/${dashboard.uid}`}>
              <td>
                <Link
                  to={dashboardLinks.one(dashboard)}
                  className={table.link}
                  data-title
                >
                  {dashboard.title}
                </Link>
              </td>
              {withFolder ? (
                <td className={table.muted}>{dashboard.folder}</td>
              ) : undefined}
              <td>
                <span className={css.tags}>
                  {dashboard.tags.map(tag => (
                    <button
                      key={tag}
                      type="button"
                      className={css.tag}
                      title={`Only dashboards with the tag ${tag}`}
                      onClick={() => onTag(tag)}
                    >
                      {tag}
                    </button>
                  ))}
                </span>
              </td>
              {withSource ? (
                <td className={table.muted}>{sourceTitle(dashboard.source)}</td>
              ) : undefined}
              <td className={table.number}>
                {dashboard.url ? (
                  <a
                    href={dashboard.url}
                    target="_blank"
                    rel="noopener noreferrer"
                    className={css.external}
                    aria-label={`${dashboard.title} in Grafana`}
                    title="Open in Grafana"
                  >
                    <RiExternalLinkLine size={16} aria-hidden="true" />
                  </a>
                ) : undefined}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

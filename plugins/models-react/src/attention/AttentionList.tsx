import { Link } from 'react-router-dom';
import type { PlatformOverview } from '@llm-platform/plugin-models-common';
import { RelativeTime } from '../components/RelativeTime';
import { links } from '../routes';
import { StateIcon } from '../state';
import css from './AttentionList.module.css';

/** @public */
export interface AttentionListProps {
  items: PlatformOverview['attention'];
  /** Leaves the team out where the page is about one. */
  hideTeam?: boolean;
}

const ICONS = {
  error: 'Failing',
  warning: 'Waiting',
  info: 'Starting',
} as const;

const WORDS = { error: 'Error', warning: 'Warning', info: 'Note' } as const;

/** What somebody should look at, worst first; each leads to its object. @public */
export function AttentionList(props: AttentionListProps) {
  const order = ['error', 'warning', 'info'];
  const items = [...props.items].sort(
    (a, b) => order.indexOf(a.severity) - order.indexOf(b.severity),
  );
  if (items.length === 0) {
    return (
      <p className={css.none}>
        <StateIcon state="Ready" /> Nothing needs attention
      </p>
    );
  }
  return (
    <ul className={css.list}>
      {items.map((item, index) => (
        <li key={`${item.cause}-${index}`} className={css.item}>
          <span className={css.icon} title={WORDS[item.severity]}>
            <StateIcon state={ICONS[item.severity]} />
            <span className={css.hidden}>{WORDS[item.severity]}</span>
          </span>
          <span className={css.who}>
            {item.ref ? (
              <Link to={links.model(item.ref)}>{item.ref.name}</Link>
            ) : (
              'Platform'
            )}
            {item.team && !props.hideTeam ? (
              <span className={css.quiet}> · {item.team}</span>
            ) : undefined}
          </span>
          <span className={css.what}>
            <span className={css.title}>{item.title}</span>
            <span className={css.quiet}> {item.explanation}</span>
          </span>
          <span className={css.end}>
            {item.since ? (
              <span className={css.quiet}>
                <RelativeTime time={item.since} />
              </span>
            ) : undefined}
            {item.ref ? (
              <Link
                to={links.model(item.ref)}
                aria-label={`Show ${item.ref.name}`}
              >
                Show
              </Link>
            ) : undefined}
          </span>
        </li>
      ))}
    </ul>
  );
}

import {
  RelativeTime,
  tableStyles as table,
} from '@llm-platform/plugin-models-react';
import type { EventView } from '@llm-platform/plugin-models-common';
import css from './ModelPage.module.css';

/** What the cluster said, newest first. */
export function EventsTable(props: { events: EventView[] }) {
  if (props.events.length === 0) {
    return (
      <p className={css.none}>
        No events. Kubernetes forgets them after an hour.
      </p>
    );
  }
  const events = [...props.events].sort((a, b) =>
    b.lastSeen.localeCompare(a.lastSeen),
  );
  return (
    <div className={table.scroll}>
      <table className={`${table.table} ${css.wide}`} aria-label="Events">
        <thead>
          <tr>
            <th scope="col">Last seen</th>
            <th scope="col">Type</th>
            <th scope="col">Reason</th>
            <th scope="col">Message</th>
            <th scope="col">Object</th>
            <th scope="col" className={table.number}>
              Count
            </th>
          </tr>
        </thead>
        <tbody>
          {events.map((event, index) => (
            <tr key={index}>
              <td className={`${table.nowrap} ${table.muted}`}>
                <RelativeTime time={event.lastSeen} />
              </td>
              <td>
                {event.type === 'Warning' ? (
                  <b>Warning</b>
                ) : (
                  <span className={table.muted}>Normal</span>
                )}
              </td>
              <td className={table.nowrap}>{event.reason}</td>
              <td className={table.message}>{event.message}</td>
              <td className={`${table.muted} ${css.mono}`}>{event.object}</td>
              <td className={table.number}>{event.count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

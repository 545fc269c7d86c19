import { Link } from 'react-router-dom';
import {
  formatTime,
  links,
  SimulatedChip,
} from '@llm-platform/plugin-models-react';
import type {
  GpuAllocation,
  GpuHolder,
  GpuNode,
} from '@llm-platform/plugin-models-common';
import {
  HIDDEN_NAME,
  NO_TEAM,
  teamColours,
  type Cut,
  type Seat,
  type SeatGroup,
} from './rows';
import css from './GpusPage.module.css';

const NODE_STATES: Record<GpuNode['state'], string> = {
  ready: 'Ready',
  'not-ready': 'Not ready',
  cordoned: 'Cordoned',
  joining: 'Joining',
};

const UNUSABLE: Record<GpuNode['state'], string> = {
  ready: 'reserved',
  'not-ready': 'not ready',
  cordoned: 'cordoned',
  joining: 'joining',
};

/** Each GPU is a seat: filled by its holder, outlined when free, dashed when its node is coming. */
export function SeatMap(props: {
  gpus: GpuAllocation;
  groups: SeatGroup[];
  cut: Cut;
}) {
  const colours = teamColours(props.gpus);
  return (
    <div className={css.groups}>
      {props.groups.map(group => (
        <section key={group.title} className={css.group}>
          <h2>{group.title}</h2>
          {group.rows.map(row => (
            <div key={row.id} className={css.row}>
              <div className={css.who}>
                <span
                  className={css.rowTitle}
                  title={row.node?.name ?? row.title}
                >
                  {props.cut === 'team' && row.title !== NO_TEAM ? (
                    <Link to={links.team(row.title)}>{row.title}</Link>
                  ) : (
                    row.title
                  )}
                </span>
                <span className={css.detail}>
                  {row.detail}
                  {row.node && row.node.state !== 'ready'
                    ? ` · ${NODE_STATES[row.node.state]}`
                    : undefined}{' '}
                  <SimulatedChip what={row.node?.simulated} />
                </span>
              </div>
              <ul className={css.seats} aria-label={`GPUs of ${row.title}`}>
                {row.seats.map((seat, index) => (
                  <SeatCell key={index} seat={seat} colours={colours} />
                ))}
                {row.seats.length === 0 && row.waiting === 0 ? (
                  <li className={css.nothing}>none</li>
                ) : undefined}
                {Array.from({ length: row.waiting }, (_, index) => (
                  <li
                    key={`waiting-${index}`}
                    className={css.seat}
                    data-kind="waiting"
                  >
                    waiting
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </section>
      ))}
    </div>
  );
}

function SeatCell(props: { seat: Seat; colours: Map<string, number> }) {
  const { seat } = props;
  if (seat.kind !== 'held') {
    return (
      <li className={css.seat} data-kind={seat.kind}>
        {seat.kind === 'free' ? 'free' : UNUSABLE[seat.state]}
      </li>
    );
  }
  const { holder } = seat;
  const colour = props.colours.get(holder?.team ?? '');
  return (
    <li
      className={css.seat}
      data-kind="held"
      style={
        colour ? { borderLeftColor: `var(--llmp-team-${colour})` } : undefined
      }
      title={holder ? describe(holder) : undefined}
    >
      {holder ? <Holder holder={holder} /> : <span>held</span>}
      <span className={css.team}>{holder?.team ?? 'another team'}</span>
    </li>
  );
}

function Holder(props: { holder: GpuHolder }) {
  const { cluster, namespace, model, pod } = props.holder;
  return model ? (
    <Link to={links.model({ cluster, namespace, name: model })}>{model}</Link>
  ) : (
    <span>{pod || HIDDEN_NAME}</span>
  );
}

function describe(holder: GpuHolder): string {
  return [
    holder.pod ? `${holder.namespace}/${holder.pod}` : HIDDEN_NAME,
    holder.node,
    `since ${formatTime(new Date(holder.since))}`,
    holder.simulated ? `simulated: ${holder.simulated}` : undefined,
  ]
    .filter(Boolean)
    .join('\n');
}

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
import { teamColours, type Cut, type Seat, type SeatGroup } from './rows';
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
                  {props.cut === 'team' ? (
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
                  <SeatCell
                    key={index}
                    seat={seat}
                    colour={colours.get(seat.holder?.team ?? '')}
                    inNodes={props.cut === 'node'}
                  />
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

function SeatCell(props: {
  seat: Seat;
  colour: number | undefined;
  inNodes: boolean;
}) {
  const { holder, unusable } = props.seat;
  if (!holder) {
    const free = unusable ? UNUSABLE[unusable] : 'free';
    return (
      <li className={css.seat} data-kind={seatKind(props)}>
        {props.inNodes ? free : 'held'}
      </li>
    );
  }
  return (
    <li
      className={css.seat}
      data-kind="held"
      style={
        props.colour
          ? { borderLeftColor: `var(--llmp-team-${props.colour})` }
          : undefined
      }
      title={describe(holder)}
    >
      <Holder holder={holder} />
      <span className={css.team}>{holder.team ?? 'no team'}</span>
    </li>
  );
}

function seatKind(props: { seat: Seat; inNodes: boolean }) {
  if (!props.inNodes) {
    return 'held';
  }
  return props.seat.unusable ? 'coming' : 'free';
}

function Holder(props: { holder: GpuHolder }) {
  const { cluster, namespace, model, pod } = props.holder;
  return model ? (
    <Link to={links.model({ cluster, namespace, name: model })}>{model}</Link>
  ) : (
    <span>{pod}</span>
  );
}

function describe(holder: GpuHolder): string {
  return [
    `${holder.namespace}/${holder.pod}`,
    holder.node,
    `since ${formatTime(new Date(holder.since))}`,
    holder.simulated ? `simulated: ${holder.simulated}` : undefined,
  ]
    .filter(Boolean)
    .join('\n');
}

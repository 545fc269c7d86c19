import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
} from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { RiArrowDownSLine, RiArrowUpSLine } from '@remixicon/react';
import { RelativeTime } from '../components/RelativeTime';
import { SimulatedChip } from '../components/SimulatedChip';
import { links } from '../routes';
import { StateMark } from '../state';
import type { ModelDeploymentSummary } from '@llm-platform/plugin-models-common';
import type { Sort, SortKey } from './filter';
import { tableStyles as table } from '../table';
import css from './ModelsTable.module.css';

/** Below this everything is rendered: find-in-page and printing then see all rows. */
const VIRTUAL_FROM = 100;
const ROW_HEIGHT = 57;

/** @public */
export interface ModelsTableProps {
  models: ModelDeploymentSummary[];
  label: string;
  sort?: Sort;
  onSort?: (key: SortKey) => void;
  /** Where all rows are of one team. */
  hideTeam?: boolean;
  /** Called by ArrowUp on the first row. */
  onLeaveTop?: () => void;
}

/** Rows open the model; arrows walk, Home and End jump, Enter opens. @public */
export function ModelsTable(props: ModelsTableProps) {
  const { models, sort, onSort, onLeaveTop } = props;
  const navigate = useNavigate();
  const root = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);
  const target = useRef<number>();
  const virtual = models.length > VIRTUAL_FROM;
  const manyClusters = new Set(models.map(model => model.cluster)).size > 1;

  useLayoutEffect(() => {
    const top = root.current?.getBoundingClientRect().top ?? 0;
    setMargin(top + window.scrollY);
  }, [virtual]);

  const virtualizer = useWindowVirtualizer({
    count: virtual ? models.length : 0,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    scrollMargin: margin,
  });
  const items = virtual
    ? virtualizer.getVirtualItems().map(item => item.index)
    : models.map((_, index) => index);
  const before = virtual ? (items[0] ?? 0) * ROW_HEIGHT : 0;
  const after = virtual
    ? (models.length - 1 - (items[items.length - 1] ?? -1)) * ROW_HEIGHT
    : 0;

  const focusTarget = () => {
    const link =
      target.current === undefined
        ? undefined
        : root.current?.querySelector<HTMLElement>(
            `[data-index="${target.current}"] a`,
          );
    if (link) {
      target.current = undefined;
      link.focus();
    }
  };
  // A row outside the window exists only after scrolling there, one render later.
  useEffect(focusTarget);

  const walk = (event: KeyboardEvent<HTMLElement>) => {
    const row = (event.target as HTMLElement).closest('[data-index]');
    const index = Number(row?.getAttribute('data-index') ?? NaN);
    if (Number.isNaN(index) || event.altKey || event.metaKey || event.ctrlKey) {
      return;
    }
    const next = {
      ArrowDown: Math.min(index + 1, models.length - 1),
      ArrowUp: index - 1,
      Home: 0,
      End: models.length - 1,
    }[event.key];
    if (next === undefined) {
      return;
    }
    event.preventDefault();
    if (next < 0) {
      onLeaveTop?.();
      return;
    }
    if (virtual) {
      virtualizer.scrollToIndex(next, { align: 'auto' });
    }
    target.current = next;
    focusTarget();
  };

  const header = (title: string, key: SortKey) =>
    onSort ? (
      <th
        scope="col"
        aria-sort={ariaSort(sort?.key === key ? sort : undefined)}
      >
        <button
          type="button"
          className={table.sort}
          onClick={() => onSort(key)}
        >
          {title}
          {sort?.key === key ? <SortIcon sort={sort} /> : undefined}
        </button>
      </th>
    ) : (
      <th scope="col">{title}</th>
    );

  return (
    <div className={table.scroll} ref={root}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrow keys between the rows' links */}
      <table
        className={`${table.table} ${css.models}`}
        aria-label={props.label}
        aria-rowcount={models.length + 1}
        onKeyDown={walk}
      >
        <thead>
          <tr>
            {header('Model', 'name')}
            {header('State', 'state')}
            {props.hideTeam ? undefined : header('Team', 'team')}
            {manyClusters ? <th scope="col">Cluster</th> : undefined}
            <th scope="col">GPU</th>
            <th scope="col" className={table.number}>
              Ready
            </th>
            {header('Created', 'age')}
          </tr>
        </thead>
        <tbody>
          {before > 0 ? <Spacer height={before} /> : undefined}
          {items.map(index => (
            <ModelRow
              key={rowKey(models[index])}
              model={models[index]}
              index={index}
              withCluster={manyClusters}
              withTeam={!props.hideTeam}
              onOpen={() => navigate(links.model(models[index]))}
            />
          ))}
          {after > 0 ? <Spacer height={after} /> : undefined}
        </tbody>
      </table>
    </div>
  );
}

function rowKey(model: ModelDeploymentSummary) {
  return `${model.cluster}/${model.namespace}/${model.name}`;
}

function ModelRow(props: {
  model: ModelDeploymentSummary;
  index: number;
  withCluster: boolean;
  withTeam: boolean;
  onOpen: () => void;
}) {
  const { model } = props;
  return (
    // The row's click is a larger target for the link inside it, which the keyboard uses.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <tr
      className={table.rowLink}
      data-index={props.index}
      aria-rowindex={props.index + 2}
      onClick={event => {
        const selecting = window.getSelection()?.toString();
        if (!(event.target as HTMLElement).closest('a') && !selecting) {
          props.onOpen();
        }
      }}
    >
      <td className={css.name}>
        <div className={table.two}>
          <span className={table.line}>
            <Link to={links.model(model)} className={table.link}>
              {model.name}
            </Link>
            <SimulatedChip what={model.simulated} />
          </span>
          <span className={`${table.muted} ${css.id}`} title={model.modelId}>
            {model.modelId}
          </span>
        </div>
      </td>
      <td className={css.state}>
        <StateMark
          state={model.state}
          reason={model.reason}
          lastSeen={model.lastSeen}
        />
      </td>
      {props.withTeam ? (
        <td>
          <Link to={links.team(model.team)} className={table.quiet}>
            {model.team}
          </Link>
        </td>
      ) : undefined}
      {props.withCluster ? <td>{model.cluster}</td> : undefined}
      <td className={table.nowrap}>
        {model.gpus.requested > 0 ? (
          `${model.gpus.requested} × ${model.gpus.product ?? 'GPU'}`
        ) : (
          <span className={table.muted}>
            {model.profile === undefined || model.profile === 'cpu'
              ? 'CPU'
              : '–'}
          </span>
        )}
      </td>
      <td className={table.number}>
        {model.replicas.ready}/{model.replicas.desired}
      </td>
      <td className={`${table.nowrap} ${table.muted}`}>
        <RelativeTime time={model.createdAt} />
      </td>
    </tr>
  );
}

function Spacer(props: { height: number }) {
  return (
    <tr aria-hidden="true" style={{ height: props.height }}>
      <td />
    </tr>
  );
}

function SortIcon(props: { sort: Sort }) {
  return props.sort.descending ? (
    <RiArrowDownSLine size={16} aria-hidden="true" />
  ) : (
    <RiArrowUpSLine size={16} aria-hidden="true" />
  );
}

function ariaSort(sort: Sort | undefined) {
  if (!sort) {
    return undefined;
  }
  return sort.descending ? 'descending' : 'ascending';
}

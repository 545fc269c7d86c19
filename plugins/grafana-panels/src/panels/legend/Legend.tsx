import { useState, type MouseEvent } from 'react';
import type { Legend as LegendOptions } from './legendOptions';
import type { LegendItem } from './types';
import type { HiddenNames } from './visibility';
import css from './Legend.module.css';

export interface LegendProps {
  options: LegendOptions;
  items: LegendItem[];
  hidden: HiddenNames;
  /** `onlyThis`: Ctrl or Cmd was held. Without it the legend only explains. */
  onToggle?: (name: string, onlyThis: boolean) => void;
}

interface Sorting {
  title: string;
  isDescending: boolean;
}

const NAME = 'Name';

/** Names, colours and figures of curves; a click shows one alone. */
export function Legend(props: LegendProps) {
  const { options, items } = props;
  const [sorting, setSorting] = useState<Sorting | undefined>(
    options.sortBy
      ? { title: options.sortBy, isDescending: options.sortDesc !== false }
      : undefined,
  );
  const shown = sorting ? sortItems(items, sorting) : items;
  return options.isTable ? (
    <LegendTable
      {...props}
      items={shown}
      sorting={sorting}
      onSort={title =>
        setSorting({
          title,
          isDescending:
            sorting?.title === title ? !sorting.isDescending : title !== NAME,
        })
      }
    />
  ) : (
    <ul className={css.list} data-placement={options.placement}>
      {shown.map((item, index) => (
        <li key={`${index} ${item.name}`} className={css.item}>
          <NameButton {...props} item={item} />
          {item.values.map(value => (
            <span key={value.title} className={css.value}>
              {value.title}: <b>{value.text}</b>
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}

function LegendTable(
  props: LegendProps & {
    sorting: Sorting | undefined;
    onSort: (title: string) => void;
  },
) {
  const { items, sorting, onSort } = props;
  const titles = items[0]?.values.map(({ title }) => title) ?? [];
  const headings = [NAME, ...titles];
  return (
    <table className={css.table}>
      <thead>
        <tr>
          {headings.map(title => (
            <th
              key={title}
              scope="col"
              aria-sort={ariaSort(sorting, title)}
              data-number={title !== NAME || undefined}
            >
              <button
                type="button"
                className={css.sort}
                onClick={() => onSort(title)}
              >
                {title}
                {sorting?.title === title ? (
                  <span aria-hidden="true">
                    {sorting.isDescending ? ' ↓' : ' ↑'}
                  </span>
                ) : undefined}
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item, index) => (
          <tr key={`${index} ${item.name}`}>
            <td>
              <NameButton {...props} item={item} />
            </td>
            {item.values.map(value => (
              <td key={value.title} data-number>
                {value.text}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function NameButton(props: LegendProps & { item: LegendItem }) {
  const { item, hidden, onToggle } = props;
  if (!onToggle) {
    return (
      <span className={css.name}>
        <Swatch color={item.color} />
        <span className={css.text}>{item.name}</span>
      </span>
    );
  }
  const onClick = (event: MouseEvent) =>
    onToggle(item.name, event.ctrlKey || event.metaKey);
  return (
    <button
      type="button"
      className={css.name}
      aria-pressed={!hidden.has(item.name)}
      title={item.name}
      onClick={onClick}
    >
      <Swatch color={item.color} />
      <span className={css.text}>{item.name}</span>
      {item.isRight ? (
        <span className={css.note}> (right axis)</span>
      ) : undefined}
    </button>
  );
}

function Swatch({ color }: { color: string }) {
  return (
    <i
      className={css.swatch}
      style={{ background: color }}
      aria-hidden="true"
    />
  );
}

function ariaSort(sorting: Sorting | undefined, title: string) {
  if (sorting?.title !== title) {
    return undefined;
  }
  return sorting.isDescending ? 'descending' : 'ascending';
}

function sortItems(items: LegendItem[], sorting: Sorting): LegendItem[] {
  const { title, isDescending } = sorting;
  const direction = isDescending ? -1 : 1;
  const valueOf = (item: LegendItem) =>
    item.values.find(value => value.title === title)?.numeric;
  return [...items].sort((a, b) => {
    const [x, y] = [valueOf(a), valueOf(b)];
    if (x === undefined || y === undefined) {
      return title === NAME
        ? direction * a.name.localeCompare(b.name, undefined, { numeric: true })
        : 0;
    }
    // What has no value comes last, however it is sorted.
    if (Number.isNaN(x) || Number.isNaN(y)) {
      return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    }
    return direction * (x - y);
  });
}

import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { Button, SearchField } from '@backstage/ui';
import { EmptyState } from '../components/EmptyState';
import { Section } from '../components/Section';
import { plural } from '../format';
import { useSearchShortcut } from './useSearchShortcut';
import css from './list.module.css';

/** @public */
export interface FilteredListProps {
  /** One of what is listed: `model`. */
  noun: string;
  total: number;
  shown: number;
  text: string;
  onText: (text: string) => void;
  /** Right of the search. */
  filters?: ReactNode;
  /** Whether any filter is set. */
  filtered: boolean;
  onClear: () => void;
  /** What is filtered by: `text, state and team`. */
  filteredBy: string;
  /** The table; ArrowUp on its first row goes back to the search. */
  children: (onLeaveTop: () => void) => ReactNode;
}

/** A list with its filters: `/` searches, ArrowDown goes on to the first row's link. @public */
export function FilteredList(props: FilteredListProps) {
  const { noun, total, shown } = props;
  const search = useSearchShortcut();
  const list = useRef<HTMLDivElement>(null);

  const enterList = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      list.current?.querySelector<HTMLElement>('tbody a')?.focus();
    }
  };

  return (
    <>
      <div className={css.filters}>
        {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions -- ArrowDown goes on to the list; captured, as the field keeps its keys to itself */}
        <div className={css.search} onKeyDownCapture={enterList} ref={search}>
          <SearchField
            aria-label={`Search ${noun}s`}
            placeholder={`Search ${noun}s   /`}
            size="small"
            value={props.text}
            onChange={props.onText}
          />
        </div>
        {props.filters}
        <span className={css.result} role="status">
          {props.filtered
            ? `${shown} of ${plural(total, noun)}`
            : plural(total, noun)}
        </span>
      </div>
      <div ref={list}>
        <Section title={`All ${noun}s`} hideTitle bare={shown === 0}>
          {shown === 0 ? (
            <EmptyState
              title={`No ${noun} matches`}
              description={`Nothing here has that ${props.filteredBy}.`}
              action={
                <Button
                  variant="secondary"
                  size="small"
                  onPress={props.onClear}
                >
                  Clear filters
                </Button>
              }
            />
          ) : (
            props.children(() =>
              search.current?.querySelector('input')?.focus(),
            )
          )}
        </Section>
      </div>
    </>
  );
}

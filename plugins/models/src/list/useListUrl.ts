import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import {
  STATE_ORDER,
  type ModelsFilter,
  type Sort,
  type SortKey,
} from '@llm-platform/plugin-models-react';
import type { ModelState } from '@llm-platform/plugin-models-common';

const SORT_KEYS: readonly SortKey[] = ['name', 'state', 'team', 'age'];

/** Filter and order live in the URL, so a list can be linked and survives going back. */
export function useListUrl() {
  const [params, setParams] = useSearchParams();

  const filter = useMemo<ModelsFilter>(
    () => ({
      text: params.get('q') ?? '',
      team: params.get('team') ?? '',
      states: STATE_ORDER.filter(state =>
        (params.get('state') ?? '').split(',').includes(state),
      ),
    }),
    [params],
  );
  const sort = useMemo<Sort>(() => {
    const raw = params.get('sort') ?? 'name';
    const key = SORT_KEYS.find(k => k === raw.replace(/^-/, ''));
    return { key: key ?? 'name', descending: raw.startsWith('-') };
  }, [params]);

  const set = useCallback(
    (name: string, value: string) =>
      setParams(
        previous => {
          const next = new URLSearchParams(previous);
          if (value) {
            next.set(name, value);
          } else {
            next.delete(name);
          }
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );

  return {
    filter,
    sort,
    filtered: Boolean(filter.text || filter.team || filter.states.length),
    setText: (text: string) => set('q', text),
    setTeam: (team: string) => set('team', team),
    toggleState: (state: ModelState) =>
      set(
        'state',
        (filter.states.includes(state)
          ? filter.states.filter(s => s !== state)
          : [...filter.states, state]
        ).join(','),
      ),
    sortBy: (key: SortKey) =>
      set('sort', sort.key === key && !sort.descending ? `-${key}` : key),
    clear: () =>
      setParams(
        previous => {
          const next = new URLSearchParams();
          const order = previous.get('sort');
          if (order) {
            next.set('sort', order);
          }
          return next;
        },
        { replace: true },
      ),
  };
}

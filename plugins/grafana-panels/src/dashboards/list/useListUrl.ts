import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { DashboardsFilter } from './filter';

/** The filter lives in the address, so a list can be linked and survives going back. */
export function useListUrl() {
  const [params, setParams] = useSearchParams();
  const filter = useMemo<DashboardsFilter>(
    () => ({
      text: params.get('q') ?? '',
      tags: params.getAll('tag'),
      source: params.get('source') ?? '',
    }),
    [params],
  );
  const change = useCallback(
    (act: (next: URLSearchParams) => void) =>
      setParams(
        previous => {
          const next = new URLSearchParams(previous);
          act(next);
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );
  const set = (key: string, value: string) =>
    change(next => (value ? next.set(key, value) : next.delete(key)));
  return {
    filter,
    filtered: Boolean(filter.text || filter.tags.length || filter.source),
    setText: (text: string) => set('q', text),
    setSource: (source: string) => set('source', source),
    toggleTag: (tag: string) =>
      change(next => {
        const tags = next.getAll('tag');
        next.delete('tag');
        for (const one of tags.includes(tag)
          ? tags.filter(other => other !== tag)
          : [...tags, tag]) {
          next.append('tag', one);
        }
      }),
    clear: () =>
      change(next => ['q', 'tag', 'source'].forEach(key => next.delete(key))),
  };
}

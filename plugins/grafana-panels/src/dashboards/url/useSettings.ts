import { useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import {
  readSettings,
  writeSettings,
  type DashboardSettings,
} from './settings';

export interface SettingsControl {
  settings: DashboardSettings;
  /** Changes what is named in it. Choices of a reader make no history, except where it is asked for. */
  change: (
    patch: Partial<DashboardSettings>,
    options?: { history?: boolean },
  ) => void;
}

/** Settings that live in the address, so that a view can be linked and survives a reload. */
export function useUrlSettings(): SettingsControl {
  const [params, setParams] = useSearchParams();
  const settings = useMemo(() => readSettings(params), [params]);
  const change = useCallback<SettingsControl['change']>(
    (patch, options) =>
      setParams(previous => writeSettings(previous, patch), {
        replace: !options?.history,
      }),
    [setParams],
  );
  return useMemo(() => ({ settings, change }), [settings, change]);
}

/** Settings of a card: they last as long as it is on the screen. */
export function useOwnSettings(initial: DashboardSettings): SettingsControl {
  const [changes, setChanges] = useState<Partial<DashboardSettings>>({});
  const settings = useMemo(
    () => ({
      ...initial,
      ...changes,
      variables: { ...initial.variables, ...changes.variables },
      annotations: { ...initial.annotations, ...changes.annotations },
    }),
    [initial, changes],
  );
  const change = useCallback<SettingsControl['change']>(
    patch =>
      setChanges(previous => ({
        ...previous,
        ...patch,
        variables: { ...previous.variables, ...patch.variables },
        annotations: { ...previous.annotations, ...patch.annotations },
      })),
    [],
  );
  return useMemo(() => ({ settings, change }), [settings, change]);
}

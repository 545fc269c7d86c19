import { useCallback, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import type {
  ClusterError,
  FormOptions,
  GpuAllocation,
  ListResponse,
  ModelDeploymentDetail,
  ModelDeploymentRef,
  ModelDeploymentSummary,
  PlatformOverview,
  PlatformStatus,
  TeamServiceDetail,
  TeamView,
} from '@llm-platform/plugin-models-common';
import { modelsApiRef, type ModelsApi } from '../api';
import { LIVE_KEY, ModelsData } from './ModelsData';
import { useLiveQuery, type LiveResult } from './useLiveQuery';

/** While the platform starts, its progress is asked for more often. */
const STARTING_POLL_MS = 2_000;

/** @public */
export function useStatus(options?: {
  starting?: boolean;
}): LiveResult<PlatformStatus> {
  return useLiveQuery({
    key: ['status'],
    fetch: api => api.getStatus(),
    pollInterval: options?.starting ? STARTING_POLL_MS : undefined,
  });
}

/** @public */
export function useOverview(options?: {
  starting?: boolean;
}): LiveResult<PlatformOverview> {
  return useLiveQuery({
    key: ['overview'],
    fetch: api => api.getOverview(),
    pollInterval: options?.starting ? STARTING_POLL_MS : undefined,
  });
}

/** @public */
export function useModels(options?: {
  team?: string;
}): LiveResult<ListResponse<ModelDeploymentSummary>> {
  return useLiveQuery({
    key: ['models', options?.team ?? ''],
    fetch: api => api.listModels(options?.team ? options : undefined),
  });
}

/** @public */
export function useModel(
  ref: ModelDeploymentRef,
): LiveResult<ModelDeploymentDetail> {
  return useLiveQuery({
    key: ['model', ref.cluster, ref.namespace, ref.name],
    fetch: api => api.getModel(ref),
  });
}

/** @public */
export function useService(
  ref: ModelDeploymentRef,
): LiveResult<TeamServiceDetail> {
  return useLiveQuery({
    key: ['service', ref.cluster, ref.namespace, ref.name],
    fetch: api => api.getService(ref),
  });
}

/** @public */
export function useGpus(): LiveResult<
  GpuAllocation & { errors: ClusterError[]; version: number }
> {
  return useLiveQuery({ key: ['gpus'], fetch: api => api.getGpus() });
}

/** @public */
export function useTeams(): LiveResult<ListResponse<{ team: string }>> {
  return useLiveQuery({ key: ['teams'], fetch: api => api.listTeams() });
}

/** @public */
export function useTeam(team: string): LiveResult<TeamView> {
  return useLiveQuery({ key: ['team', team], fetch: api => api.getTeam(team) });
}

/** @public */
export function useFormOptions(): LiveResult<FormOptions> {
  return useLiveQuery({ key: ['form'], fetch: api => api.getFormOptions() });
}

/** A write in progress or failed. @public */
export interface ModelAction<TArgs extends unknown[], TResult> {
  /** Resolves to undefined when it failed; the failure is in `error`. */
  run: (...args: TArgs) => Promise<TResult | undefined>;
  running: boolean;
  error: Error | undefined;
  reset: () => void;
}

/**
 * A write through the API; afterwards everything on screen is read again.
 *
 * @public
 */
export function useModelAction<TArgs extends unknown[], TResult>(
  act: (api: ModelsApi, ...args: TArgs) => Promise<TResult>,
): ModelAction<TArgs, TResult> {
  const api = useApi(modelsApiRef);
  const [state, setState] = useState<{ running: boolean; error?: Error }>({
    running: false,
  });
  const run = useCallback(
    async (...args: TArgs) => {
      setState({ running: true });
      try {
        const result = await act(api, ...args);
        setState({ running: false });
        void ModelsData.for(api).client.invalidateQueries({
          queryKey: [LIVE_KEY],
        });
        return result;
      } catch (error) {
        setState({ running: false, error: toError(error) });
        return undefined;
      }
    },
    [act, api],
  );
  const reset = useCallback(() => setState({ running: false }), []);
  return { run, running: state.running, error: state.error, reset };
}

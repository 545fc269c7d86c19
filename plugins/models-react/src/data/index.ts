export {
  ModelsQueryProvider,
  type ModelsQueryProviderProps,
} from './ModelsQueryProvider';
export { useLiveQuery, type LiveResult } from './useLiveQuery';
export {
  useFormOptions,
  useGpus,
  useModel,
  useModelAction,
  useModels,
  useOverview,
  useService,
  useStatus,
  useTeam,
  useTeams,
  type ModelAction,
} from './hooks';

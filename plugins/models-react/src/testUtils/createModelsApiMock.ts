import type { ModelsApi } from '../api';

/**
 * The API with the given methods; any other one fails the test that calls it.
 *
 * @public
 */
export function createModelsApiMock(methods: Partial<ModelsApi>): ModelsApi {
  const missing = (name: string) => () => {
    throw new Error(`The test did not expect a call of ${name}`);
  };
  return {
    getStatus: missing('getStatus'),
    getOverview: missing('getOverview'),
    listModels: missing('listModels'),
    getModel: missing('getModel'),
    getGpus: missing('getGpus'),
    listTeams: missing('listTeams'),
    getTeam: missing('getTeam'),
    getFormOptions: missing('getFormOptions'),
    getArchitecture: missing('getArchitecture'),
    preflight: missing('preflight'),
    apply: missing('apply'),
    scale: missing('scale'),
    remove: missing('remove'),
    getService: missing('getService'),
    preflightService: missing('preflightService'),
    removeService: missing('removeService'),
    streamLogs: missing('streamLogs'),
    ...methods,
  };
}

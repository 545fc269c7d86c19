import type { GrafanaPanelsApi } from '../data';

/** An API of which a test says what it answers; anything else is a mistake of the test. */
export function createPanelsApiMock(
  answers: Partial<GrafanaPanelsApi>,
): GrafanaPanelsApi {
  const unexpected = (name: string) => () =>
    Promise.reject(new Error(`unexpected call of ${name}`));
  return {
    listDashboards: unexpected('listDashboards'),
    getDashboard: unexpected('getDashboard'),
    listDataSources: unexpected('listDataSources'),
    query: unexpected('query'),
    labels: unexpected('labels'),
    ...answers,
  };
}

// The dashboards' page of the portal, without the portal around it.
import { ApiProvider, ConfigReader } from '@backstage/core-app-api';
import { configApiRef, type FetchApi } from '@backstage/frontend-plugin-api';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router-dom';
import { GrafanaPanelsClient, grafanaPanelsApiRef } from '../src/data';
import { DashboardsRouter } from '../src/dashboards';
import { authorization } from './viewer';

const fetchApi: FetchApi = {
  fetch: (input, init) =>
    fetch(`${input}`.replace(/^plugin:\/\//, '/api/'), {
      ...init,
      headers: { ...init?.headers, authorization },
    }),
};

const implementations = new Map<string, unknown>([
  [grafanaPanelsApiRef.id, GrafanaPanelsClient.create({ fetchApi })],
  [configApiRef.id, new ConfigReader({ app: { title: 'Bench' } })],
]);
const apis = {
  get: <T,>(ref: { id: string }) => implementations.get(ref.id) as T,
};

const root = document.createElement('div');
document.body.append(root);
createRoot(root).render(
  <ApiProvider apis={apis}>
    <BrowserRouter basename="/dashboards">
      <DashboardsRouter />
    </BrowserRouter>
  </ApiProvider>,
);

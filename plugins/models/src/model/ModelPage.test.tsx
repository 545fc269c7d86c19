import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  modelsApiRef,
  type ModelsApi,
} from '@llm-platform/plugin-models-react';
import {
  createModelsApiMock,
  diagnosis,
  modelDetail,
  modelSummary,
  podView,
} from '@llm-platform/plugin-models-react/testUtils';
import type { ModelDeploymentDetail } from '@llm-platform/plugin-models-common';
import { ModelPage } from './ModelPage';

const modelRef = { cluster: 'embedded', namespace: 'eval', name: 'mistral-7b' };

function renderModel(
  detail: ModelDeploymentDetail | Error,
  methods: Partial<ModelsApi> = {},
  tab = '',
) {
  return renderInTestApp(
    <Routes>
      <Route
        path="/models/:cluster/:namespace/:name/*"
        element={<ModelPage modelRef={modelRef} />}
      />
      <Route path="/models" element={<p>the list</p>} />
    </Routes>,
    {
      initialRouteEntries: [`/models/embedded/eval/mistral-7b${tab}`],
      apis: [
        [
          modelsApiRef,
          createModelsApiMock({
            getModel: async () => {
              if (detail instanceof Error) {
                throw detail;
              }
              return detail;
            },
            ...methods,
          }),
        ],
      ],
    },
  );
}

const failing = modelDetail({
  ...modelRef,
  team: 'eval',
  route: 'mistral-7b',
  state: 'Failing',
  reason: 'KV cache too small',
  gpus: { requested: 1, product: 'Tesla-T4' },
  simulated: 'GPU',
  findings: [diagnosis()],
  timeline: {
    pod: 'mistral-7b-x',
    startedAt: '2026-11-23T08:00:00Z',
    phases: [
      {
        id: 'scheduled',
        status: 'done',
        startedAt: '2026-11-23T08:00:00Z',
        finishedAt: '2026-11-23T08:00:02Z',
      },
      { id: 'kv-cache-sized', status: 'failed', evidence: 'needs 5.1 GiB' },
      { id: 'ready', status: 'pending' },
    ],
  },
  pods: [
    podView({
      name: 'mistral-7b-x',
      state: 'Failing',
      reason: 'CrashLoopBackOff',
      message: 'back-off 2m40s restarting failed container',
      restarts: 5,
      containers: [
        {
          name: 'vllm',
          image: 'vllm:1',
          ready: false,
          state: 'waiting',
          lastState: { reason: 'Error', exitCode: 1 },
        },
      ],
    }),
  ],
  events: [
    {
      type: 'Warning',
      reason: 'BackOff',
      message: 'Back-off restarting failed container',
      object: 'pod/mistral-7b-x',
      count: 14,
      lastSeen: '2026-11-23T08:10:00Z',
    },
  ],
});

describe('ModelPage', () => {
  it('says what is wrong, where the start stuck, and what the pods did', async () => {
    renderModel(failing);

    expect(
      await screen.findByRole('link', { name: 'Open playground' }),
    ).toHaveAttribute('href', '/playground?model=mistral-7b&cluster=embedded');
    expect(
      screen.getByRole('heading', { level: 1, name: 'mistral-7b' }),
    ).toBeInTheDocument();
    expect(screen.getByTitle('KV cache too small')).toBeInTheDocument();
    expect(screen.getByText('http://127.0.0.1:30080/v1')).toBeInTheDocument();

    const findings = screen.getByRole('region', { name: /Findings/ });
    expect(findings).toHaveTextContent('Error: KV cache too small');
    expect(findings).toHaveTextContent(
      'Lower the context length to 12,160 tokens.',
    );
    expect(findings).toHaveTextContent('ValueError: 5.1 GiB');

    const start = screen.getByRole('region', { name: 'Start-up' });
    expect(
      within(start)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual(['Scheduled2 s', 'KV cachefailed', 'Readyto come']);
    expect(start).toHaveTextContent('KV cache failed: needs 5.1 GiB');
    expect(start).toHaveTextContent('KV cache: KV cache too small');

    const pods = screen.getByRole('table', { name: 'Pods' });
    expect(pods).toHaveTextContent('CrashLoopBackOff');
    expect(pods).toHaveTextContent('back-off 2m40s');
    expect(pods).toHaveTextContent('Error, exit code 1');
    expect(
      within(pods).getByRole('link', { name: 'previous' }),
    ).toHaveAttribute(
      'href',
      '/models/embedded/eval/mistral-7b/logs?pod=mistral-7b-x&previous=true',
    );
    expect(screen.getByRole('table', { name: 'Events' })).toHaveTextContent(
      'Back-off restarting failed container',
    );
  });

  it('deletes only after the name is typed, and asks about the volume', async () => {
    const user = userEvent.setup();
    const remove = jest
      .fn()
      .mockResolvedValue({ deleted: ['Deployment'], leftovers: [] });
    renderModel(failing, { remove });

    await user.click(await screen.findByRole('button', { name: 'Actions' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    const dialog = await screen.findByRole('dialog');
    const confirm = within(dialog).getByRole('button', { name: 'Delete' });
    expect(confirm).toBeDisabled();
    await user.click(within(dialog).getByRole('radio', { name: /Delete it/ }));
    await user.type(
      within(dialog).getByRole('textbox', { name: /Type mistral-7b/ }),
      'mistral-7b',
    );
    await user.click(confirm);

    expect(remove).toHaveBeenCalledWith(expect.objectContaining(modelRef), {
      deleteVolume: true,
    });
    expect(await screen.findByText('the list')).toBeInTheDocument();
  });

  it('stops a running model and starts a stopped one; a refusal stays in the dialog', async () => {
    const user = userEvent.setup();
    const scale = jest
      .fn()
      .mockRejectedValueOnce(new Error('not allowed for team quant'))
      .mockResolvedValue(modelSummary());
    renderModel(failing, { scale });

    await user.click(await screen.findByRole('button', { name: 'Actions' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Stop' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Stop' }));
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'not allowed for team quant',
    );

    await user.click(within(dialog).getByRole('button', { name: 'Stop' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(scale).toHaveBeenLastCalledWith(
      expect.objectContaining(modelRef),
      0,
    );
  });

  it('leads back from an address that is no page', async () => {
    renderModel(modelDetail(), {}, '/unknown');
    expect(
      await screen.findByText('There is no such page'),
    ).toBeInTheDocument();
  });

  it('shows the stored spec', async () => {
    renderModel(
      modelDetail({
        ...modelRef,
        spec: {
          apiVersion: 'llm-platform.dev/v1alpha1',
          kind: 'ModelDeployment',
          metadata: { name: 'mistral-7b', namespace: 'eval', team: 'eval' },
          spec: {
            model: { id: 'TheBloke/Mistral-7B-Instruct-v0.2-AWQ' },
            profile: 'g4dn-t4',
            replicas: 1,
            engine: {
              quantization: 'awq',
              dtype: 'half',
              maxModelLen: 4096,
              gpuMemoryUtilization: 0.9,
            },
            resources: {
              requests: { cpu: '2', memory: '12Gi' },
              limits: { cpu: '3', memory: '14Gi' },
            },
            storage: { size: '20Gi' },
          },
        },
      }),
      {},
      '/config',
    );

    expect(await screen.findByText('4,096 tokens')).toBeInTheDocument();
    expect(screen.getByText(/^apiVersion:/)).toHaveTextContent(
      'quantization: awq',
    );
    expect(screen.getByText(/^apiVersion:/)).toHaveTextContent('cpu: "2"');
  });

  it("explains another team's model and a missing one", async () => {
    const denied = renderModel(
      Object.assign(new Error('no'), { name: 'NotAllowedError' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You may not see the model eval/mistral-7b',
    );
    denied.unmount();

    renderModel(Object.assign(new Error('no'), { name: 'NotFoundError' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Not found: the model eval/mistral-7b',
    );
    expect(screen.getByRole('link', { name: 'All models' })).toHaveAttribute(
      'href',
      '/models',
    );
  });
});

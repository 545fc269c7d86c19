import { useState, type ComponentType } from 'react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  computeFit,
  gpuProfiles,
  parseModelDeploymentSpec,
  presets,
  type DeployRequest,
  type FormOptions,
  type PreflightReport,
} from '@llm-platform/plugin-models-common';
import {
  modelsApiRef,
  type ModelsApi,
} from '@llm-platform/plugin-models-react';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Deployment } from '../deployment';
import type { DeploymentFieldProps } from '../schema';
import { ModelDeploymentField } from './ModelDeploymentField';

const options: FormOptions = {
  clusters: [
    {
      name: 'embedded',
      state: 'synced',
      since: '2026-01-01T00:00:00Z',
      readOnly: false,
      embedded: true,
    },
  ],
  namespaces: [
    { cluster: 'embedded', name: 'quant', team: 'quant' },
    { cluster: 'embedded', name: 'eval', team: 'eval' },
  ],
  profiles: gpuProfiles,
  presets,
  storageClasses: [{ cluster: 'embedded', name: 'gp2', isDefault: true }],
};

/** Answers as the backend would, with one check of the cluster. */
function preflight({ spec }: DeployRequest): PreflightReport {
  const profile = gpuProfiles.find(({ id }) => id === spec.spec.profile)!;
  const fit = computeFit({ spec, profile, profiles: gpuProfiles });
  const fits = fit.verdict === 'fits';
  return {
    verdict: fits ? 'pass' : 'block',
    fit,
    manifests: [],
    changes: [
      {
        ref: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          namespace: spec.metadata.namespace,
          name: spec.metadata.name,
        },
        operation: 'create',
        after: 'replicas: 1\n',
      },
    ],
    checks: [
      {
        id: 'fit',
        title: 'GPU memory',
        verdict: fits ? 'pass' : 'block',
        message: fit.summary,
      },
      {
        id: 'gpus',
        title: 'GPUs',
        verdict: 'pass',
        message: '1 of 1 T4 free',
      },
    ],
  };
}

function open(
  options_: {
    formData?: unknown;
    api?: Partial<ModelsApi>;
  } = {},
) {
  const seen: { value?: Deployment } = {};
  const api = {
    getFormOptions: jest.fn(async () => options),
    getArchitecture: jest.fn(async (model: string) => ({
      model,
      message: `Nothing is known of ${model}.`,
    })),
    preflight: jest.fn(async (request: DeployRequest) => preflight(request)),
    ...options_.api,
  };
  const Field = ModelDeploymentField as ComponentType<
    Pick<DeploymentFieldProps, 'formData' | 'onChange'>
  >;
  function Host() {
    const [value, setValue] = useState<unknown>(options_.formData);
    seen.value = value as Deployment;
    return (
      <Field
        formData={value as DeploymentFieldProps['formData']}
        onChange={setValue}
      />
    );
  }
  renderInTestApp(<Host />, { apis: [[modelsApiRef, api as ModelsApi]] });
  return { api, seen };
}

const panel = () => screen.findByRole('region', { name: 'Will it run?' });
const yamlText = () =>
  screen.findByLabelText<HTMLTextAreaElement>('Spec as YAML');

async function typeModel(user: ReturnType<typeof userEvent.setup>, id: string) {
  const field = await screen.findByLabelText('Model');
  await user.clear(field);
  await user.type(field, id);
  await user.keyboard('{Enter}');
  await user.tab();
}

describe('ModelDeploymentField', () => {
  const user = userEvent.setup({ delay: null });

  it('starts with a preset that runs, in a namespace of the user', async () => {
    const { seen, api } = open();
    expect(await screen.findByLabelText('Name')).toHaveValue(presets[0].id);
    expect(seen.value).toEqual({
      cluster: 'embedded',
      spec: expect.objectContaining({
        metadata: { name: presets[0].id, namespace: 'quant', team: 'quant' },
        spec: presets[0].spec,
      }),
    });
    expect(parseModelDeploymentSpec(seen.value?.spec).ok).toBe(true);
    expect(await screen.findByText('1 of 1 T4 free')).toBeInTheDocument();
    expect(api.preflight).toHaveBeenCalledWith({
      cluster: 'embedded',
      spec: seen.value?.spec,
    });
    expect(
      await screen.findByText(/1 object: 1 to create/),
    ).toBeInTheDocument();
  });

  it('fills in everything from a chosen preset', async () => {
    const { seen } = open();
    const field = await screen.findByLabelText('Model');
    await user.clear(field);
    await user.type(field, 'mistral');
    await user.click(await screen.findByText('Mistral 7B Instruct v0.2 (AWQ)'));
    expect(seen.value?.spec.metadata.name).toBe('mistral-7b-awq');
    expect(seen.value?.spec.spec).toMatchObject({
      model: { id: 'TheBloke/Mistral-7B-Instruct-v0.2-AWQ' },
      profile: 't4',
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
    });
  });

  it('blocks Mistral in fp16 on a T4 with the figures, and "Use AWQ" mends it', async () => {
    const { seen } = open({
      formData: {
        preset: 'mistral-7b-awq',
        namespace: 'eval',
        spec: {
          spec: {
            model: { id: 'mistralai/Mistral-7B-Instruct-v0.2' },
            engine: { quantization: 'none' },
          },
        },
      },
    });
    const region = await panel();
    expect(
      await within(region).findByText('It will not run'),
    ).toBeInTheDocument();
    expect(region).toHaveTextContent(/\d+(\.\d+)? GiB/);

    await user.click(
      await within(region).findByRole('button', { name: /AWQ/ }),
    );
    expect(seen.value?.spec.spec.engine).toMatchObject({
      quantization: 'awq',
      dtype: 'half',
    });
    expect(seen.value?.spec.metadata.namespace).toBe('eval');
    expect(await within(region).findByText(/^It will run/)).toBeInTheDocument();
  });

  it('takes a pasted config.json for a model that nobody knows', async () => {
    const { seen } = open();
    await typeModel(user, 'acme/house-model');
    expect(
      await screen.findByText('Nothing is known of acme/house-model.'),
    ).toBeInTheDocument();
    expect(seen.value?.spec.metadata.name).toBe('house-model');

    const paste = screen.getByLabelText('config.json');
    fireEvent.change(paste, { target: { value: '{"hidden_size": 1}' } });
    expect(await screen.findByRole('alert')).toHaveTextContent(/hidden|layers/);
    fireEvent.change(paste, {
      target: {
        value: JSON.stringify({
          architectures: ['LlamaForCausalLM'],
          model_type: 'llama',
          num_hidden_layers: 12,
          num_attention_heads: 8,
          num_key_value_heads: 4,
          hidden_size: 512,
          intermediate_size: 1024,
          vocab_size: 32000,
          max_position_embeddings: 4096,
        }),
      },
    });
    expect(
      await screen.findByText(/12 layers, 4 KV heads/),
    ).toBeInTheDocument();
    expect(seen.value?.spec.spec.model).toMatchObject({
      id: 'acme/house-model',
      architecture: { numHiddenLayers: 12, numKeyValueHeads: 4 },
    });
  });

  it('goes to YAML and back, and keeps what does not parse to itself', async () => {
    const { seen } = open();
    await screen.findByLabelText('Name');
    await user.click(screen.getByRole('radio', { name: 'YAML' }));
    const text = await yamlText();
    expect(text.value).toContain('maxModelLen: 2048');

    fireEvent.change(text, {
      target: { value: text.value.replace('2048', '1024') },
    });
    expect(seen.value?.spec.spec.engine.maxModelLen).toBe(1024);

    fireEvent.change(text, {
      target: { value: text.value.replace('1024', 'many') },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'spec.engine.maxModelLen',
    );
    expect(seen.value?.spec.spec.engine.maxModelLen).toBe(1024);

    await user.click(screen.getByRole('radio', { name: 'Form' }));
    expect(await screen.findByRole('textbox', { name: 'Tokens' })).toHaveValue(
      '1024',
    );
  });

  it('says what is wrong with a name, without asking the cluster', async () => {
    const { api } = open();
    const name = await screen.findByLabelText('Name');
    await waitFor(() => expect(api.preflight).toHaveBeenCalled());
    (api.preflight as jest.Mock).mockClear();
    fireEvent.change(name, { target: { value: 'Not A Name' } });
    const alerts = await screen.findAllByRole('alert');
    expect(alerts.map(alert => alert.textContent).join()).toContain(
      'Not A Name',
    );
    expect(within(await panel()).queryByText('It will run')).toBeNull();
    expect(api.preflight).not.toHaveBeenCalled();
  });

  it('shows the answer to the newest question only', async () => {
    const answers: Array<(report: PreflightReport) => void> = [];
    const { seen } = open({
      api: {
        preflight: jest.fn(
          () =>
            new Promise<PreflightReport>(resolve => {
              answers.push(resolve);
            }),
        ),
      },
    });
    await screen.findByLabelText('Name');
    await waitFor(() => expect(answers).toHaveLength(1));
    fireEvent.change(screen.getByLabelText('Name'), {
      target: { value: 'second' },
    });
    await waitFor(() => expect(answers).toHaveLength(2));
    const report = preflight({ cluster: 'embedded', spec: seen.value!.spec });
    const saying = (message: string): PreflightReport => ({
      ...report,
      checks: [{ ...report.checks[1], message }],
    });
    answers[1](saying('newest'));
    expect(await screen.findByText('newest')).toBeInTheDocument();
    answers[0](saying('outdated'));
    expect(await screen.findByText('newest')).toBeInTheDocument();
    expect(screen.queryByText('outdated')).not.toBeInTheDocument();
  });

  it('offers a retry when the check fails', async () => {
    let broken = true;
    open({
      api: {
        preflight: async request => {
          if (broken) {
            throw new Error('cluster not answering');
          }
          return preflight(request);
        },
      },
    });
    expect(
      await screen.findByText(/cluster not answering/),
    ).toBeInTheDocument();
    broken = false;
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await screen.findByText('1 of 1 T4 free')).toBeInTheDocument();
  });

  it('says so when there is no namespace to deploy to', async () => {
    open({
      api: { getFormOptions: async () => ({ ...options, namespaces: [] }) },
    });
    expect(
      await screen.findByText("You can't deploy a model yet"),
    ).toBeInTheDocument();
  });
});

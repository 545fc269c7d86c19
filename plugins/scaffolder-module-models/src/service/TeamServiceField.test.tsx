import { useState, type ComponentType } from 'react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  gpuProfiles,
  parseTeamServiceSpec,
  presets,
  type FormOptions,
  type ModelDeploymentSummary,
  type ServicePreflightReport,
  type ServiceRequest,
} from '@llm-platform/plugin-models-common';
import {
  modelsApiRef,
  type ModelsApi,
} from '@llm-platform/plugin-models-react';
import { createModelsApiMock } from '@llm-platform/plugin-models-react/testUtils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ServiceFieldProps } from '../schema';
import type { ServiceDraft } from './complete';
import { TeamServiceField } from './TeamServiceField';
import { validateService } from './validation';

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
  namespaces: [{ cluster: 'embedded', name: 'quant', team: 'quant' }],
  profiles: gpuProfiles,
  presets,
  storageClasses: [],
};

/** Answers as the backend would; the routes in `taken` are. */
function preflight(taken: string[]) {
  return async ({ spec }: ServiceRequest): Promise<ServicePreflightReport> => {
    const verdict = taken.includes(spec.spec.route) ? 'block' : 'pass';
    return {
      verdict,
      checks: [
        { id: 'route', title: 'Route', verdict, message: spec.spec.route },
      ],
      manifests: [],
      changes: [],
    };
  };
}

function open(
  given: { options?: FormOptions; taken?: string[] } & Partial<ModelsApi> = {},
) {
  const { options: choices = options, taken = [], ...methods } = given;
  let value: ServiceDraft | undefined;
  const Field = TeamServiceField as ComponentType<Partial<ServiceFieldProps>>;
  function Host() {
    const [formData, setFormData] = useState<unknown>();
    value = formData as ServiceDraft;
    return (
      <Field
        formData={formData as never}
        onChange={next => setFormData(next)}
      />
    );
  }
  renderInTestApp(<Host />, {
    apis: [
      [
        modelsApiRef,
        createModelsApiMock({
          getFormOptions: async () => choices,
          listModels: async () => ({
            items: [
              {
                cluster: 'embedded',
                namespace: 'quant',
                name: 'smollm2',
                route: 'smollm2',
                modelId: 'org/smollm2',
                team: 'quant',
              } as ModelDeploymentSummary,
            ],
            errors: [],
            version: 1,
          }),
          preflightService: preflight(taken),
          ...methods,
        }),
      ],
    ],
  });
  return () => value!;
}

async function fillIn() {
  const user = userEvent.setup();
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'sums');
  await user.click(screen.getByRole('button', { name: /Model/ }));
  await user.click(await screen.findByRole('option', { name: /smollm2/ }));
  return user;
}

describe('the form of a team service', () => {
  it("makes a whole spec with the team's name as the route", async () => {
    const value = open();
    await fillIn();
    expect(await screen.findByText('It will run')).toBeInTheDocument();
    const { cluster, spec } = value();
    expect(cluster).toBe('embedded');
    expect(parseTeamServiceSpec(spec)).toMatchObject({ ok: true });
    expect(spec).toMatchObject({
      metadata: { name: 'sums', namespace: 'quant', team: 'quant' },
      spec: {
        route: 'quant',
        model: 'smollm2',
        image: 'llm-platform/quant/sums:0.1.0',
        limits: { requestsPerMinute: 60 },
      },
    });
  });

  it("takes the service's name where the team's is taken", async () => {
    const value = open({ taken: ['quant'] });
    await fillIn();
    await waitFor(() => expect(value().spec.spec.route).toBe('sums'));
    expect(await screen.findByText('It will run')).toBeInTheDocument();
  });

  it('leaves a taken route that the person has written, and says so', async () => {
    const value = open({ taken: ['mine'] });
    const user = await fillIn();
    const route = screen.getByRole('textbox', { name: 'Route' });
    await user.clear(route);
    await user.type(route, 'mine');
    expect(await screen.findByText('It will not run')).toBeInTheDocument();
    expect(value().spec.spec.route).toBe('mine');
  });

  it('says what is wrong with a name while it is typed', async () => {
    open();
    const name = await screen.findByRole('textbox', { name: 'Name' });
    await userEvent.setup().type(name, 'No Name');
    expect(await screen.findByText(/must be 1 to 40/)).toBeInTheDocument();
  });

  it('offers nothing to who has no namespace', async () => {
    open({ options: { ...options, namespaces: [] } });
    expect(
      await screen.findByText("You can't make a service yet"),
    ).toBeInTheDocument();
  });
});

describe('validation of a team service', () => {
  const spec = {
    apiVersion: 'llm-platform.dev/v1alpha1',
    kind: 'TeamService',
    metadata: { name: 'sums', namespace: 'quant', team: 'quant' },
    spec: {
      route: 'quant',
      model: 'smollm2',
      image: 'llm-platform/quant/sums:0.1.0',
      replicas: 1,
      resources: {
        requests: { cpu: '50m', memory: '96Mi' },
        limits: { cpu: '500m', memory: '256Mi' },
      },
      limits: {},
    },
  };

  async function errorsOf(
    value: Parameters<typeof validateService>[0],
    methods: Partial<ModelsApi> = {},
  ): Promise<string[]> {
    const errors: string[] = [];
    await validateService(
      value,
      { addError: message => errors.push(message) },
      {
        apiHolder: {
          get: () => createModelsApiMock(methods) as never,
        },
      },
    );
    return errors;
  }

  it('lets pass what the cluster lets pass', async () => {
    expect(
      await errorsOf(
        { cluster: 'embedded', spec },
        { preflightService: preflight([]) },
      ),
    ).toEqual([]);
  });

  it('stops at what the cluster blocks, and where it does not answer', async () => {
    const value = { cluster: 'embedded', spec };
    expect(
      await errorsOf(value, { preflightService: preflight(['quant']) }),
    ).toEqual(['Route: quant']);
    expect(
      await errorsOf(value, {
        preflightService: async () => {
          throw new Error('no answer');
        },
      }),
    ).toEqual([expect.stringContaining('no answer')]);
  });

  it('names what is wrong without asking the cluster', async () => {
    expect(await errorsOf(undefined)).toEqual(['Choose a cluster.']);
    expect(
      await errorsOf({ cluster: 'embedded', spec: { ...spec, kind: 'Other' } }),
    ).toEqual([expect.stringContaining('kind')]);
  });
});

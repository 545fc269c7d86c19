import { screen } from '@testing-library/react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { modelsApiRef } from '@llm-platform/plugin-models-react';
import {
  createModelsApiMock,
  modelDetail,
} from '@llm-platform/plugin-models-react/testUtils';
import { EntityModelCard } from './EntityModelCard';
import { EntityModelContent } from './EntityModelContent';

const entity = (annotations: Record<string, string>) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'quant-smollm2', annotations },
});

describe('the entity of a model', () => {
  it('shows the model that its annotations name', async () => {
    const getModel = jest.fn().mockResolvedValue(modelDetail());
    renderInTestApp(
      <EntityProvider
        entity={entity({
          'llm-platform.dev/cluster': 'embedded',
          'llm-platform.dev/namespace': 'quant',
          'llm-platform.dev/name': 'smollm2',
        })}
      >
        <EntityModelCard />
        <EntityModelContent />
      </EntityProvider>,
      { apis: [[modelsApiRef, createModelsApiMock({ getModel })]] },
    );

    expect(await screen.findByText('1/1 ready')).toBeInTheDocument();
    expect(screen.getByRole('table', { name: 'Pods' })).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Model' })).toHaveAttribute(
      'href',
      '/models/embedded/quant/smollm2',
    );
    // Card and tab share one answer.
    expect(getModel).toHaveBeenCalledTimes(1);
    expect(getModel).toHaveBeenCalledWith({
      cluster: 'embedded',
      namespace: 'quant',
      name: 'smollm2',
    });
  });

  it('says which annotations are missing', async () => {
    renderInTestApp(
      <EntityProvider entity={entity({})}>
        <EntityModelContent />
      </EntityProvider>,
    );
    expect(
      await screen.findByText('Not linked to a model'),
    ).toBeInTheDocument();
  });
});

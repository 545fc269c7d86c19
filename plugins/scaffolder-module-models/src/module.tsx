import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';

const modelDeploymentField = FormFieldBlueprint.make({
  name: 'model-deployment',
  params: {
    field: () =>
      import('./field').then(
        ({ modelDeploymentFormField }) => modelDeploymentFormField,
      ),
  },
});

const teamServiceField = FormFieldBlueprint.make({
  name: 'team-service',
  params: {
    field: () =>
      import('./serviceField').then(
        ({ teamServiceFormField }) => teamServiceFormField,
      ),
  },
});

/**
 * Adds the fields `ModelDeployment` and `TeamService` to the scaffolder's forms.
 *
 * @public
 */
export const scaffolderModuleModels = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [modelDeploymentField, teamServiceField],
});

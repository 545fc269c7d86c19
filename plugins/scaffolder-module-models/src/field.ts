import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { ModelDeploymentField } from './components/ModelDeploymentField';
import { deploymentFieldSchema } from './schema';
import { validateDeployment } from './validation';

/** @internal */
export const modelDeploymentFormField = createFormField({
  name: 'ModelDeployment',
  component: ModelDeploymentField,
  schema: deploymentFieldSchema,
  validation: validateDeployment,
});

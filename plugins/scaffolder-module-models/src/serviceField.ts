import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { serviceFieldSchema } from './schema';
import { TeamServiceField, validateService } from './service';

/** @internal */
export const teamServiceFormField = createFormField({
  name: 'TeamService',
  component: TeamServiceField,
  schema: serviceFieldSchema,
  validation: validateService,
});

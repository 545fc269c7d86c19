import { objectName, type Rule } from './facts';

/** Somebody deleted the Deployment outside the portal, or an apply was cut off. */
export const missingRule: Rule = ({ deployment, deploymentMissing }) =>
  deployment && deploymentMissing
    ? [
        {
          cause: 'deployment-missing',
          severity: 'error',
          title: 'Its Deployment is not there',
          explanation:
            'The model is in the inventory, but its Deployment was deleted outside the portal or never made.',
          evidence: [
            { object: objectName('Deployment', deployment), text: 'not found' },
          ],
          remedy:
            'Deploy it again under the same name to bring it back, or delete it to remove what is left of it.',
        },
      ]
    : [];

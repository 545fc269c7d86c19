import { PLATFORM_NAMESPACE } from '../labels';
import { Inventory } from '../manifests/inventory';
import { serviceLabels } from './names';
import { parseTeamServiceSpec } from './schema';
import type { TeamServiceSpec } from './types';

/** The ApplySets of team services. @public */
export const serviceInventory = Inventory.create<TeamServiceSpec>({
  noun: 'team service',
  parentName: name => `${name}-service`,
  labelsOf: serviceLabels,
  check: parseTeamServiceSpec,
  kinds: ['Deployment.apps', 'Service', 'ServiceAccount', 'Secret'],
  // The gateway reads its keys where it is itself.
  additionalNamespaces: [PLATFORM_NAMESPACE],
});

import type { KubeConfigMap } from '../kube/types';
import { parseModelDeploymentSpec } from '../spec/parse';
import type { ModelDeploymentSpec } from '../spec/types';
import { Inventory, type StoredRevision, type StoredSpec } from './inventory';
import { commonLabels, parentName } from './names';
import type { KubernetesObject } from './types';

/** The ApplySets of model deployments. @public */
export const modelInventory = Inventory.create<ModelDeploymentSpec>({
  noun: 'model deployment',
  parentName,
  labelsOf: commonLabels,
  check: parseModelDeploymentSpec,
  kinds: ['Deployment.apps', 'Service', 'PersistentVolumeClaim'],
});

/** The ApplySet's parent of a model deployment. @public */
export function renderParentConfigMap(
  spec: ModelDeploymentSpec,
  options: { members: KubernetesObject[]; revisions: StoredRevision[] },
): KubernetesObject {
  return modelInventory.renderParent(spec, options);
}

/** Reads what {@link renderParentConfigMap} wrote. @public */
export function readStoredSpec(configMap: KubeConfigMap): StoredSpec {
  return modelInventory.readStored(configMap);
}

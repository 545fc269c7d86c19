import type { KubernetesObject } from '../../manifests/types';
import { imageProblem } from '../images';
import { block, notRead, pass, type Check } from '../outcome';

interface PodTemplate {
  template?: { spec?: { containers?: Array<{ image?: string }> } };
}

function imagesOf(object: KubernetesObject): string[] {
  const { template } = (object.spec ?? {}) as PodTemplate;
  return (template?.spec?.containers ?? []).flatMap(({ image }) => image ?? []);
}

export const checkImage: Check = ({ manifests }) => {
  const images = manifests.flatMap(imagesOf);
  const problem = images
    .map(imageProblem)
    .find(candidate => candidate !== undefined);
  if (problem) {
    return block(`${problem.message}.`, problem.remedy);
  }
  return images.length === 0
    ? notRead('The manifests')
    : pass(`${images.join(', ')}: a fixed version.`);
};

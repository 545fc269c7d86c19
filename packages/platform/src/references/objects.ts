import { RenderedObject, nameOf, valueAt, workloadsOf } from '../rendered';
import { checkAddresses } from './addresses';
import { checkKinds } from './kinds';
import { KnownObjects } from './known';
import { objectReferences } from './objectReferences';
import type { OutsideObject } from './outside';
import { podReferences } from './podReferences';
import type { Problem } from './problem';
import type { Reference } from './reference';
import { checkSelectors } from './selectors';

/**
 * What one object alone doesn't show: that everything an overlay's objects
 * refer to is there, in the overlay or in its declared list of things made
 * outside of it.
 *
 * @public
 */
export function checkReferences(
  objects: RenderedObject[],
  outside: OutsideObject[],
): Problem[] {
  const known = new KnownObjects(objects, outside);
  const references = [
    ...objects.flatMap(objectReferences),
    ...workloadsOf(objects).flatMap(podReferences),
  ];
  return [
    ...unique([
      ...references.flatMap(reference => unresolved(reference, known)),
      ...claimsWithoutClass(objects, known),
    ]),
    ...checkKinds(objects, outside),
    ...checkSelectors(objects),
    ...checkAddresses(objects, outside),
  ];
}

function unresolved(reference: Reference, known: KnownObjects): Problem[] {
  const { from, kind, namespace, name, key } = reference;
  const target = `the ${kind} ${namespace ? `${namespace}/` : ''}${name}`;
  if (!known.has(reference)) {
    return [
      {
        at: nameOf(from),
        message: `refers to ${target}, which is not in the overlay. Add it, or declare in outside.yaml who makes it`,
      },
    ];
  }
  const keys = known.keysOf(reference);
  return key === undefined || keys === undefined || keys.includes(key)
    ? []
    : [
        {
          at: nameOf(from),
          message: `refers to the key ${key} of ${target}, which has ${
            keys.join(', ') || 'none'
          }`,
        },
      ];
}

function claimsWithoutClass(
  objects: RenderedObject[],
  known: KnownObjects,
): Problem[] {
  return known.hasDefaultStorageClass()
    ? []
    : objects
        .filter(
          object =>
            object.kind === 'PersistentVolumeClaim' &&
            valueAt(object, 'spec', 'storageClassName') === undefined,
        )
        .map(object => ({
          at: nameOf(object),
          message:
            'names no StorageClass, and no class is the default. Name one, or make one the default',
        }));
}

function unique(problems: Problem[]): Problem[] {
  return [
    ...new Map(
      problems.map(problem => [`${problem.at} ${problem.message}`, problem]),
    ).values(),
  ];
}

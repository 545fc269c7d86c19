import { parse } from 'yaml';
import type { Problem } from '../references';
import { RenderedObject, nameOf, valueAt } from '../rendered';

/** Selectors by `Deployment NAMESPACE/NAME`. @public */
export type SelectorRecord = Record<string, Record<string, string>>;

const IMMUTABLE = ['Deployment', 'DaemonSet', 'StatefulSet'];

/** Reads selectors.yaml. @public */
export function parseSelectors(text: string): SelectorRecord {
  return (parse(text) ?? {}) as SelectorRecord;
}

/**
 * Selectors can never be changed (incidents 14 and 15): every workload has the
 * one that it is recorded with, so that an upgrade needs no deletion.
 *
 * @public
 */
export function checkSelectorsKept(
  objects: RenderedObject[],
  recorded: SelectorRecord,
): Problem[] {
  return objects
    .filter(({ kind }) => IMMUTABLE.includes(kind))
    .flatMap(object => {
      const at = nameOf(object);
      const selector = valueAt(object, 'spec', 'selector', 'matchLabels');
      if (!recorded[at]) {
        return [
          {
            at,
            message: `its selector is not recorded. Add it to packages/platform/selectors.yaml, where it stays for ever: ${JSON.stringify(
              selector,
            )}`,
          },
        ];
      }
      return inOrder(selector) === inOrder(recorded[at])
        ? []
        : [
            {
              at,
              message: `its selector is ${inOrder(selector)}, but was ${inOrder(
                recorded[at],
              )}: a selector is immutable, the server would refuse the upgrade. Bring the old one back; new labels belong into \`labels\` with includeSelectors: false`,
            },
          ];
    });
}

function inOrder(selector: unknown): string {
  return JSON.stringify(
    Object.fromEntries(
      Object.entries((selector ?? {}) as Record<string, string>).sort(),
    ),
  );
}

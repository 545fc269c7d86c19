import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { RenderedObject, parseObjects } from '../rendered';

/** An object that a policy must let pass or refuse. */
export interface Fixture {
  policy: string;
  object: RenderedObject;
  /** A part of the message with which it is refused; undefined when it passes. */
  refused?: string;
}

/**
 * Reads `policies/fixtures/POLICY.passing.yaml` and `POLICY.failing.yaml`. What
 * fails says in its annotation `refused` with which words.
 */
export function readFixtures(policiesDir: string): Fixture[] {
  const dir = path.join(policiesDir, 'fixtures');
  return readdirSync(dir)
    .sort()
    .flatMap(file => {
      const [policy, expectation] = file.split('.');
      return parseObjects(readFileSync(path.join(dir, file), 'utf8')).map(
        object => {
          const refused = object.metadata.annotations?.refused;
          if ((expectation === 'failing') !== (refused !== undefined)) {
            throw new Error(
              `${file}: ${object.metadata.name} must ${
                refused === undefined ? '' : 'not '
              }have the annotation "refused"`,
            );
          }
          return { policy, object, refused };
        },
      );
    });
}

import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';

/** Somebody one can sign in as. */
export interface Persona {
  entityRef: string;
  title?: string;
  description?: string;
}

/** Reads `users` of the provider's configuration. */
export function readPersonas(config: Config): Map<string, Persona> {
  const personas = new Map<string, Persona>();
  for (const user of config.getConfigArray('users')) {
    const ref = parseEntityRef(user.getString('entityRef'), {
      defaultKind: 'user',
    });
    if (ref.kind.toLocaleLowerCase('en-US') !== 'user') {
      throw new Error(
        `auth.providers.personas: '${user.getString(
          'entityRef',
        )}' is not a user`,
      );
    }
    const entityRef = stringifyEntityRef(ref);
    personas.set(entityRef, {
      entityRef,
      title: user.getOptionalString('title'),
      description: user.getOptionalString('description'),
    });
  }
  return personas;
}

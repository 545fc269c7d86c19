import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { AuthenticationError, toError } from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';
import { isLoopbackHost } from './guard';
import { readPersonas, type Persona } from './personas';

/** Names who signs in: an entity ref of one of the configured personas. */
export const PERSONA_HEADER = 'x-llmp-persona';

/** Believes the header: only for development on one's own machine, see `requireDevelopment`. */
export const personasAuthenticator = createProxyAuthenticator({
  defaultProfileTransform: async (result: Persona) => ({
    profile: { displayName: result.title ?? result.entityRef },
  }),
  initialize({ config }) {
    // Providers of this kind get all environments: others than development have no personas.
    return { personas: readPersonas(config.getConfig('development')) };
  },
  async authenticate({ req }, { personas }) {
    if (!isLoopbackHost(req.headers.host)) {
      throw new AuthenticationError(
        'The personas sign-in answers on localhost, 127.0.0.1 and [::1] only',
      );
    }
    const header = req.header(PERSONA_HEADER);
    if (!header) {
      throw new AuthenticationError(
        `No persona is chosen: the header ${PERSONA_HEADER} is missing`,
      );
    }
    const persona = personas.get(normalize(header));
    if (!persona) {
      throw new AuthenticationError('There is no such persona');
    }
    return { result: persona };
  },
});

function normalize(ref: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(ref, { defaultKind: 'user' }));
  } catch (error) {
    throw new AuthenticationError(
      `The header ${PERSONA_HEADER} is no entity ref: ${
        toError(error).message
      }`,
    );
  }
}

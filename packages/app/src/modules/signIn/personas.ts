import type { ConfigApi, IdentityApi } from '@backstage/core-plugin-api';

/** A development identity of the embedded cluster. */
export interface Persona {
  entityRef: string;
  title: string;
  description?: string;
}

const STORAGE_KEY = 'llm-platform.persona';

export function readPersonas(config: ConfigApi): Persona[] {
  return (config.getOptionalConfigArray('app.personas') ?? []).map(persona => ({
    entityRef: persona.getString('entityRef'),
    title: persona.getString('title'),
    description: persona.getOptionalString('description'),
  }));
}

/** The remembered choice, as long as it is still offered. */
export function rememberedPersona(personas: Persona[]): Persona | undefined {
  const entityRef = window.localStorage.getItem(STORAGE_KEY);
  return personas.find(persona => persona.entityRef === entityRef);
}

export function rememberPersona(persona: Persona | undefined) {
  if (persona) {
    window.localStorage.setItem(STORAGE_KEY, persona.entityRef);
  } else {
    window.localStorage.removeItem(STORAGE_KEY);
  }
}

/** Signing out leads back to the chooser instead of signing the same persona in again. */
export function forgettingIdentity(identity: IdentityApi): IdentityApi {
  return {
    getProfileInfo: () => identity.getProfileInfo(),
    getBackstageIdentity: () => identity.getBackstageIdentity(),
    getCredentials: () => identity.getCredentials(),
    signOut: async () => {
      rememberPersona(undefined);
      await identity.signOut();
    },
  };
}

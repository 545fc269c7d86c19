export interface Config {
  app: {
    /**
     * Identities that the sign-in page offers for development. The backend
     * accepts them only where `auth.providers.personas` is configured too.
     */
    personas?: Array<{
      /**
       * Catalog user, e.g. `user:default/mia`.
       * @visibility frontend
       */
      entityRef: string;
      /**
       * Name on the sign-in page.
       * @visibility frontend
       */
      title: string;
      /**
       * What this person does.
       * @visibility frontend
       */
      description?: string;
    }>;
    signIn?: {
      /**
       * Identity providers offered on the sign-in page, in this order: `github`, `oidc`.
       * @visibility frontend
       */
      providers?: string[];
    };
  };
}

export interface Config {
  auth?: {
    providers?: {
      /** Sign-in as one of these users without a password. Only with NODE_ENV=development and a loopback address. */
      personas?: {
        [environment: string]: {
          users: Array<{
            /** A user of the catalog, e.g. `user:default/mia`. */
            entityRef: string;
            title?: string;
            description?: string;
          }>;
        };
      };
    };
  };
}

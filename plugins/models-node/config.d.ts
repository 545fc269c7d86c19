export interface Config {
  /** Settings of the LLM platform. */
  llmPlatform?: {
    /**
     * Clusters that the platform runs on. Clusters of `kubernetes.clusterLocatorMethods` (type `config`, authProvider
     * `serviceAccount`) are added to these; on equal names these win.
     */
    clusters?: Array<{
      /** Identifier: letters, digits, dashes. Part of URLs. */
      name: string;
      /** Shown to people; the name if left out. */
      title?: string;
      /**
       * Path of a kubeconfig file. Neither it nor a token file it names has to exist when the portal starts: reading is
       * retried, and a changed file is read again.
       */
      kubeconfig: string;
      /** Context in it; its current context if left out. */
      context?: string;
      /** True for the cluster that `npm start` runs itself. */
      embedded?: boolean;
      /** Refuse every write to this cluster. */
      readOnly?: boolean;
      gateway?: {
        /** Where the portal reaches the gateway of this cluster; through the API server's service proxy if left out. */
        url?: string;
      };
      prometheus?: {
        /** Where the portal reaches the Prometheus that scrapes this cluster; without it nothing is asked of it. */
        url?: string;
      };
    }>;
    /**
     * Groups whose members are platform engineers: they see and change everything.
     *
     * @default ['group:default/platform']
     */
    platformGroups?: string[];
  };
  kubernetes?: {
    clusterLocatorMethods?: Array<{
      clusters?: Array<{
        /** Token of the service account the portal uses on this cluster. @visibility secret */
        serviceAccountToken?: string;
      }>;
    }>;
  };
}

export interface Config {
  llmPlatform?: {
    dashboards?: {
      /**
       * Directory of dashboards as JSON, those of a subdirectory in a folder of its name. Relative to where the backend
       * runs.
       */
      path?: string;
    };
    grafana?: {
      /** Instances of Grafana whose dashboards are shown, and whose data sources are queried. */
      instances?: Array<{
        /** Identifier: letters, digits, dashes. Part of URLs; `grafana/host-id` of an entity names it. */
        id: string;
        /** Shown to people; the id if left out. */
        title?: string;
        /** Where the portal reaches it. */
        url: string;
        /** Where people reach it; `url` if left out. */
        publicUrl?: string;
        /**
         * Token of a service account that may read dashboards and query data sources. What it can read is listed for
         * everybody who may see the platform; the data is limited to the viewer's teams. @visibility secret
         */
        token: string;
        /**
         * Its Prometheus data sources that may be queried; all of them if left out, for which the service account needs
         * `datasources:read`.
         */
        dataSources?: Array<{
          uid: string;
          /** Shown to people; the uid if left out. */
          title?: string;
        }>;
        /** Only dashboards with this tag are shown. */
        tag?: string;
        /**
         * Label that names the team of a series in its data sources. Workloads must not be able to choose it.
         *
         * @default 'team'
         */
        teamLabel?: string;
      }>;
    };
    panels?: {
      /** What one query may cost. */
      limits?: {
        /** @default 400 */
        rangeDays?: number;
        /** @default 2000 */
        series?: number;
        /** Of all series of one request together. @default 1000000 */
        points?: number;
        /** Of the answer of Prometheus. @default 33554432 */
        responseBytes?: number;
        /** Until Prometheus has answered, waiting for one's turn included. @default 30 */
        timeoutSeconds?: number;
        /** Queries of one person that run at once; more of them wait. @default 8 */
        concurrentPerPerson?: number;
      };
    };
  };
}

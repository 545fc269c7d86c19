import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  catalog?: {
    providers?: {
      llmPlatform?: {
        /**
         * How often the catalog compares itself with the clusters, besides following every change.
         *
         * @default every 10 seconds
         */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
      };
    };
  };
}

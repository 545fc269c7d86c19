export interface Config {
  llmPlatform?: {
    /**
     * Groups whose members are platform engineers: they see and change everything.
     *
     * @default ['group:default/platform']
     */
    platformGroups?: string[];
  };
}

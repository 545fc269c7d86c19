export interface Config {
  /** Settings of the LLM platform. */
  llmPlatform?: {
    /** What the template for team services works with. */
    teamServices?: {
      /** Folder of the service kit, which goes into each repository. */
      kit?: string;
      /** Folder in which repositories are kept that go to no GitHub or GitLab; without it there are none. */
      repositories?: string;
      /** For clusters that take images from this machine and not from a registry. */
      imageBuilders?: Array<{
        /** Name of the cluster. */
        cluster: string;
        /**
         * The program that keeps its images, and its first arguments. Called with `build FOLDER --tag NAME:TAG` and with
         * `rm NAME:TAG`.
         */
        command: string[];
      }>;
    };
  };
}

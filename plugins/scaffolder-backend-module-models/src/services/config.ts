import { Config } from '@backstage/config';
import { resolve } from 'node:path';

/** What the actions for team services work with. */
export interface TeamServicesConfig {
  /** Folder of the service kit. */
  kit: string | undefined;
  /** Folder of the local bare repositories. */
  repositories: string | undefined;
  /** Command that keeps a cluster's images, by cluster. */
  imageBuilders: ReadonlyMap<string, string[]>;
}

export function readTeamServicesConfig(config: Config): TeamServicesConfig {
  const own = config.getOptionalConfig('llmPlatform.teamServices');
  const folder = (key: string) => {
    const path = own?.getOptionalString(key);
    return path === undefined ? undefined : resolve(path);
  };
  return {
    kit: folder('kit'),
    repositories: folder('repositories'),
    imageBuilders: new Map(
      (own?.getOptionalConfigArray('imageBuilders') ?? []).map(builder => [
        builder.getString('cluster'),
        builder.getStringArray('command'),
      ]),
    ),
  };
}

import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { ModelsClient } from '../../client';
import { ImageBuilder } from '../../images';
import { LocalRepositories } from '../../repositories';
import type { TeamServicesConfig } from '../../services';

/** What the actions for team services work with. */
export interface ServiceTools {
  client: ModelsClient;
  config: TeamServicesConfig;
}

/** The part of an action's context that says for whom it works. */
export interface RunContext {
  task: { id: string };
  signal?: AbortSignal;
  getInitiatorCredentials(): Promise<BackstageCredentials>;
}

export async function requestOptionsOf(ctx: RunContext) {
  return {
    credentials: await ctx.getInitiatorCredentials(),
    signal: ctx.signal,
  };
}

/** The local repositories, where the portal keeps some. */
export function repositoriesOf({ config }: ServiceTools): LocalRepositories {
  if (!config.repositories) {
    throw new InputError(
      'This portal keeps no repositories of its own (llmPlatform.teamServices.repositories): choose GitHub or GitLab',
    );
  }
  return LocalRepositories.create({ folder: config.repositories });
}

export function kitOf({ config }: ServiceTools): string {
  if (!config.kit) {
    throw new InputError(
      'The portal does not know where the service kit is: set llmPlatform.teamServices.kit',
    );
  }
  return config.kit;
}

/** Builds for a cluster; `undefined` where it takes its images from a registry. */
export function imageBuilderOf(
  tools: ServiceTools,
  cluster: string,
): ImageBuilder | undefined {
  const command = tools.config.imageBuilders.get(cluster);
  return command && ImageBuilder.create({ command, kit: kitOf(tools) });
}

/** A service's name as a variable in TypeScript: `quant-api` → `quantApi`. */
export function identifierOf(name: string): string {
  return name.replace(/-+([a-z0-9])/g, (_, letter: string) =>
    letter.toUpperCase(),
  );
}

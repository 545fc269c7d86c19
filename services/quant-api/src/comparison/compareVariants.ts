import {
  ServiceError,
  toServiceError,
  type ModelAnswer,
} from '@llm-platform/service-kit';

/** What became of one variant. */
export type VariantOutcome =
  | { variant: string; answer: ModelAnswer }
  | { variant: string; problem: ServiceError };

/**
 * Asks every variant. Those on one server take turns, since at the same time
 * they would slow one another and their speeds would say nothing; those on
 * different servers don't wait for each other.
 *
 * @param options.serverOf - names the server that a variant is on
 * @returns the outcomes in the order of `variants`
 */
export async function compareVariants(options: {
  variants: readonly string[];
  serverOf(variant: string): string;
  ask(variant: string): Promise<ModelAnswer>;
  signal: AbortSignal;
}): Promise<VariantOutcome[]> {
  const { variants, serverOf, ask, signal } = options;
  const servers = new Map<string, string[]>();
  for (const variant of variants) {
    const server = serverOf(variant);
    servers.set(server, [...(servers.get(server) ?? []), variant]);
  }
  const outcomes = new Map<string, VariantOutcome>();
  await Promise.all(
    [...servers.values()].map(async onOneServer => {
      for (const variant of onOneServer) {
        signal.throwIfAborted();
        outcomes.set(variant, await outcomeOf(variant, ask, signal));
      }
    }),
  );
  return variants.flatMap(variant => outcomes.get(variant) ?? []);
}

async function outcomeOf(
  variant: string,
  ask: (variant: string) => Promise<ModelAnswer>,
  signal: AbortSignal,
): Promise<VariantOutcome> {
  try {
    return { variant, answer: await ask(variant) };
  } catch (error) {
    // Nobody waits for the rest then.
    signal.throwIfAborted();
    return { variant, problem: toServiceError(error) };
  }
}

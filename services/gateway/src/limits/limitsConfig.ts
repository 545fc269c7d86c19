import { z } from 'zod';
import { problemsOf } from '../problems';
import {
  limitNames,
  toLimitValues,
  unlimited,
  type LimitName,
  type LimitSettings,
  type LimitValues,
} from './limitKinds';

/** What a model costs and how much it answers at most. @public */
export interface ModelTerms {
  /** Billionths of a dollar per token. */
  promptNanoUsd: number;
  completionNanoUsd: number;
  /** Reserved for an answer whose length the request leaves open. */
  maxTokens: number | undefined;
}

/** Limits of teams and people, and prices. @public */
export interface LimitsConfig {
  teams: ReadonlyMap<string, LimitValues>;
  /** For teams that have none of their own. */
  otherTeams: LimitValues | undefined;
  /** For each person. */
  person: LimitValues | undefined;
  models: ReadonlyMap<string, ModelTerms>;
  /** For models that have none of their own. */
  otherModels: ModelTerms | undefined;
  /** Reserved for an answer whose length neither request nor model says. */
  defaultMaxTokens: number;
}

/** @public */
export interface LimitsSink {
  onLimits(config: LimitsConfig): void;
  onProblem(message: string): void;
}

/** Where the limits of teams and people come from. @public */
export interface LimitsSource {
  start(sink: LimitsSink): void;
  stop(): Promise<void>;
}

const DEFAULT_MAX_TOKENS = 1024;
const MOST_TOKENS = 1_000_000_000_000;
const MOST_USD = 1_000_000;

const count = z
  .number('must be a number')
  .int('must be a whole number')
  .min(0, 'must not be negative')
  .max(MOST_TOKENS, `must not exceed ${MOST_TOKENS}`);
const usd = z
  .number('must be a number of US dollars')
  .min(0, 'must not be negative')
  .max(MOST_USD, `must not exceed ${MOST_USD}`);
/** Per million tokens. */
const price = usd.max(10_000, 'must not exceed 10000');

const limitsShape = {
  requestsPerMinute: count.optional(),
  tokensPerMinute: count.optional(),
  tokensPerDay: count.optional(),
  tokensPerMonth: count.optional(),
  usdPerDay: usd.optional(),
  usdPerMonth: usd.optional(),
  concurrent: count.optional(),
} satisfies Record<LimitName, z.ZodType>;
const limitsSchema = z.strictObject(limitsShape);

const configSchema = z.strictObject({
  defaultMaxTokens: count.min(1, 'must be at least 1').optional(),
  teams: z.record(z.string(), limitsSchema).optional(),
  person: limitsSchema.optional(),
  models: z
    .record(
      z.string(),
      z.strictObject({
        promptUsdPerMillion: price.default(0),
        completionUsdPerMillion: price.default(0),
        maxTokens: count.min(1, 'must be at least 1').optional(),
      }),
    )
    .optional(),
});

/** Stands for every team or model that isn't named. */
const OTHERS = '*';

/** What holds until a configuration is read. @public */
export const noLimits: LimitsConfig = {
  teams: new Map(),
  otherTeams: undefined,
  person: undefined,
  models: new Map(),
  otherModels: undefined,
  defaultMaxTokens: DEFAULT_MAX_TOKENS,
};

/**
 * Reads the limits' configuration, an object as the README shows it. Either
 * all of it is usable or every problem is listed.
 *
 * @public
 */
export function readLimitsConfig(
  value: unknown,
): { config: LimitsConfig } | { problems: string[] } {
  const result = configSchema.safeParse(value ?? {});
  if (!result.success) {
    return { problems: problemsOf(result.error) };
  }
  const { teams = {}, person, models = {}, defaultMaxTokens } = result.data;
  const teamLimits = new Map<string, LimitValues>();
  for (const [team, settings] of Object.entries(teams)) {
    // A team with an empty entry is one without limits, whatever others have.
    teamLimits.set(team, toLimitValues(settings) ?? unlimited);
  }
  const terms = new Map<string, ModelTerms>(
    Object.entries(models).map(([model, given]) => [
      model,
      {
        // A dollar per million tokens is a thousand billionths per token.
        promptNanoUsd: given.promptUsdPerMillion * 1000,
        completionNanoUsd: given.completionUsdPerMillion * 1000,
        maxTokens: given.maxTokens,
      },
    ]),
  );
  const otherTeams = teamLimits.get(OTHERS);
  const otherModels = terms.get(OTHERS);
  teamLimits.delete(OTHERS);
  terms.delete(OTHERS);
  return {
    config: {
      teams: teamLimits,
      otherTeams,
      person: toLimitValues(person),
      models: terms,
      otherModels,
      defaultMaxTokens: defaultMaxTokens ?? DEFAULT_MAX_TOKENS,
    },
  };
}

const countText = z
  .string()
  .regex(/^\d{1,12}$/, 'must be a whole number')
  .transform(Number)
  .optional();
const usdText = z
  .string()
  .regex(/^\d{1,6}(\.\d{1,6})?$/, 'must be an amount of US dollars')
  .transform(Number)
  .optional();

/** The fields of a key's Secret that limit it, all optional text. @public */
export const keyLimitFields = {
  requestsPerMinute: countText,
  tokensPerMinute: countText,
  tokensPerDay: countText,
  tokensPerMonth: countText,
  usdPerDay: usdText,
  usdPerMonth: usdText,
  concurrent: countText,
} satisfies Record<LimitName, z.ZodType>;

/** The limits among the fields of a Secret; undefined where there are none. */
export function pickLimits(fields: LimitSettings): LimitSettings | undefined {
  const given = limitNames.flatMap(name =>
    fields[name] === undefined ? [] : [[name, fields[name]] as const],
  );
  return given.length > 0 ? Object.fromEntries(given) : undefined;
}

/** The fields of a Secret for these limits, as `keyLimitFields` reads them. */
export function limitTexts(limits: LimitSettings): Record<string, string> {
  return Object.fromEntries(
    Object.entries(limits).map(([name, value]) => [
      name,
      // Money to six digits, and never as 1e-6.
      value.toFixed(6).replace(/\.?0+$/, ''),
    ]),
  );
}

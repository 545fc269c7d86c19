import { defineTeamService } from '@llm-platform/service-kit';
import { addCompareRoute } from './comparison';
import { envVariants, VariantModels } from './variants';

/** Compares a prompt across a model's quantised variants. @public */
export const quantApi = defineTeamService({
  name: 'quant-api',
  title: 'quant-api',
  description:
    "Answers a prompt with a model or one of its quantised variants, and compares the variants' answers.",
  environment: { VARIANTS: envVariants() },
  model: (env, connect) => new VariantModels(env.VARIANTS, connect),
  routes: addCompareRoute,
});

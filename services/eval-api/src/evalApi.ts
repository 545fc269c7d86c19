import { defineTeamService } from '@llm-platform/service-kit';
import { addEvaluations } from './evaluations';
import { variables } from './variables';

/** Runs evaluation sets against a model. @public */
export const evalApi = defineTeamService({
  name: 'eval-api',
  title: 'eval-api',
  description:
    'Runs sets of prompts against a model in the background and scores the answers.',
  environment: variables,
  // Sets of a thousand prompts.
  bodyLimit: 16 * 1024 * 1024,
  routes: addEvaluations,
});

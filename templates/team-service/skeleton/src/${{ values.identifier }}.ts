import { defineTeamService } from '@llm-platform/service-kit';
import { addSummaryRoute } from './summary';

/** What this service is and what it does beside the rest: `/predict`, health, metrics and the OpenAPI document are the kit's. */
export const ${{ values.identifier }} = defineTeamService({
  name: '${{ values.name }}',
  title: '${{ values.name }}',
  description: 'Answers prompts of team ${{ values.team }}, and summarises texts.',
  environment: {},
  routes: addSummaryRoute,
});

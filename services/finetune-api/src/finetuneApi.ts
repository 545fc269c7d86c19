import { defineTeamService } from '@llm-platform/service-kit';
import { addVariantsRoute } from './variants';

/** Predicts with a base model or one of the LoRA adapters that are served with it. @public */
export const finetuneApi = defineTeamService({
  name: 'finetune-api',
  title: 'finetune-api',
  description:
    'Predicts with a base model or one of its LoRA adapters, and lists the adapters.',
  environment: {},
  routes: addVariantsRoute,
});

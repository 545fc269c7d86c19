import { runTeamService } from '@llm-platform/service-kit';
import { finetuneApi } from './finetuneApi';

runTeamService(finetuneApi);

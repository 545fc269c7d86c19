import { runTeamService } from '@llm-platform/service-kit';
import { quantApi } from './quantApi';

runTeamService(quantApi);

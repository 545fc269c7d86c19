import { runTeamService } from '@llm-platform/service-kit';
import { evalApi } from './evalApi';

runTeamService(evalApi);

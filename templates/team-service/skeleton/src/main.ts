import { runTeamService } from '@llm-platform/service-kit';
import { ${{ values.identifier }} } from './${{ values.identifier }}';

runTeamService(${{ values.identifier }});

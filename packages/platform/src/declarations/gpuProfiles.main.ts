import { environments } from './environments';
import { gpuProfilesOf } from './gpuProfiles';

// For `npm start`, which is no TypeScript: the embedded portal's profiles.
process.stdout.write(JSON.stringify(gpuProfilesOf(environments.embedded)));

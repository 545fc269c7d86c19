// yarn infra:synth, yarn infra:cost: the AWS account's templates and what they
// cost, without an account.
import { reportFailure } from './lib/errors.mjs';
import { runTool } from './lib/tool.mjs';

runTool('packages/infrastructure/src/main.ts', process.argv.slice(2)).catch(
  reportFailure,
);

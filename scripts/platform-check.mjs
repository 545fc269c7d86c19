// yarn platform:check: renders every overlay and checks that it is whole.
import { reportFailure } from './lib/errors.mjs';
import { readOptions } from './lib/options.mjs';
import { repoDir } from './lib/paths.mjs';
import { runTool } from './lib/tool.mjs';

const USAGE = `Usage: yarn platform:check

Renders every overlay of packages/platform and checks that each file is used,
every reference resolves, everything schedules on the declared nodes, the
programs know their configuration, and an embedded control plane accepts it all
with the policies in force. Ends with "N passed, N failed".`;

async function main() {
  readOptions(USAGE, {});
  await runTool('packages/platform/src/check/main.ts', [], { cwd: repoDir });
}

main().catch(reportFailure);

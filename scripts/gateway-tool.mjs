// yarn bench:gateway, yarn soak:gateway.
import { reportFailure } from './lib/errors.mjs';
import { runTool } from './lib/tool.mjs';

const [tool, ...args] = process.argv.slice(2);
runTool(`services/gateway/${tool}/main.ts`, args).catch(reportFailure);

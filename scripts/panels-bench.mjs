// yarn bench:panels.
import { reportFailure } from './lib/errors.mjs';
import { runTool } from './lib/tool.mjs';

runTool(
  'plugins/grafana-panels-backend/bench/main.ts',
  process.argv.slice(2),
).catch(reportFailure);

import { runKeyTool } from './keyTool';

async function main() {
  process.exitCode = await runKeyTool(process.argv.slice(2), {
    out: text => process.stdout.write(`${text}\n`),
    err: text => process.stderr.write(`${text}\n`),
    now: Date.now,
  });
}

main();

// The child of typescript.mjs: node typescript-runner.mjs FILE FUNCTION JSON
import { pathToFileURL } from 'node:url';

const [file, fn, options] = process.argv.slice(2);
const abort = new AbortController();
const stop = () => abort.abort(new Error('Stopped'));
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
// The launcher is gone, however it ended.
process.on('disconnect', stop);

try {
  const module = await import(pathToFileURL(file).href);
  const result = await module[fn]({
    ...JSON.parse(options),
    signal: abort.signal,
    onProgress: line => {
      process.stdout.write(`${line}\n`);
      process.send?.({ type: 'progress', line });
    },
  });
  process.removeListener('disconnect', stop);
  process.send?.({ type: 'result', result }, () => process.disconnect());
} catch (error) {
  process.stderr.write(`${error?.message ?? error}\n`);
  process.exit(1);
}

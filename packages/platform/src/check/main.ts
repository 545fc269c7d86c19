// yarn platform:check, see the usage in scripts/platform-check.mjs.
import path from 'node:path';
import { EmbeddedCluster, platformDir } from '../embedded';
import { activatePolicies, readFixtures } from '../policies';
import { ensurePrometheus } from '../programs';
import { checksOf } from './checks';
import { Manifests } from './manifests';
import { runChecks } from './report';

/** An instance that no test uses at the same time. */
const INSTANCE = 5;

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const manifests = await Manifests.copy();
  let cluster: EmbeddedCluster | undefined;
  const stop = async () => {
    await cluster?.stop();
    await manifests.remove();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => stop().finally(() => process.exit(130)));
  }
  try {
    const { promtool } = await ensurePrometheus(say);
    say('Control plane …');
    cluster = await EmbeddedCluster.start({ instance: INSTANCE });
    const policiesDir = path.join(platformDir(), 'policies');
    const refused = readFixtures(policiesDir).filter(f => f.refused);
    await activatePolicies(cluster, {
      dir: policiesDir,
      refused: [
        ...new Map(refused.map(f => [f.policy, f.object])).values(),
      ].map(object => JSON.stringify(object)),
    });
    const { passed, failed } = await runChecks(
      checksOf({
        manifests,
        cluster,
        tools: {
          promtool,
          fieldsDir: path.join(platformDir(), 'tools', 'fields'),
        },
      }),
      say,
    );
    say(`${passed} passed, ${failed} failed`);
    process.exitCode = failed > 0 ? 1 : 0;
  } finally {
    await stop();
  }
}

main().catch(error => {
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
});

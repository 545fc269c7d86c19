import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { UserError } from './errors.mjs';
import { say } from './output.mjs';
import { stateDirOf } from './paths.mjs';
import {
  Children,
  claimRecord,
  liveRecords,
  removeRecord,
  terminate,
} from './processes.mjs';

const LAUNCHER = 'launcher';
/** The portal first: it must not see its cluster go away. */
const STOP_ORDER = ['portal', 'cluster'];

/**
 * Takes hold of one instance's state directory: refuses when another launcher
 * has it, ends what a killed one left behind, and empties it for a reset.
 */
export async function openSession({ instance, reset }) {
  const stateDir = stateDirOf(instance);
  const portalDir = path.join(stateDir, 'portal');
  const runDir = path.join(portalDir, 'run');

  mkdirSync(portalDir, { recursive: true, mode: 0o700 });
  const other = claimRecord(runDir, LAUNCHER);
  if (other) {
    throw new UserError(
      `The portal is running already (process ${other.pid}, ${stateDir}).`,
      `Stop it with Ctrl-C or "kill ${other.pid}", or start another beside it: npm start -- --instance 1 --port 7008`,
    );
  }
  const orphans = liveRecords(runDir).filter(
    record => record.name !== LAUNCHER,
  );
  if (orphans.length > 0) {
    say(
      `Ending what an earlier start left running: ${orphans
        .map(o => o.name)
        .join(', ')}`,
    );
    await Promise.all(orphans.map(orphan => terminate(orphan, 30_000)));
  }
  const detached = liveRecords(path.join(stateDir, 'run')).find(
    record => record.name === 'dev-cluster',
  );
  if (reset) {
    if (detached) {
      throw new UserError(
        `--reset would take the data from under a running embedded cluster (process ${detached.pid}).`,
        'Stop it first: yarn dev-cluster down',
      );
    }
    await resetState(stateDir, portalDir);
  }
  const children = new Children({
    runDir,
    logDir: path.join(portalDir, 'logs'),
  });
  return {
    stateDir,
    portalDir,
    children,
    /** The process of an embedded cluster that somebody started alone. */
    detachedCluster: detached,
    async close() {
      await children.stopAll(STOP_ORDER);
      removeRecord(runDir, LAUNCHER);
    },
  };
}

async function resetState(stateDir, portalDir) {
  // Programs of the cluster that outlived both launchers.
  await Promise.all(
    liveRecords(path.join(stateDir, 'run')).map(r => terminate(r, 10_000)),
  );
  const known = ['run', 'logs', 'pki', 'etcd', 'kubelet'];
  for (const name of readdirSync(stateDir)) {
    if (known.includes(name) || /\.(json|yaml|kubeconfig)$/.test(name)) {
      rmSync(path.join(stateDir, name), { recursive: true, force: true });
    }
  }
  for (const name of readdirSync(portalDir)) {
    // There this launcher has its own record.
    if (name !== 'run') {
      rmSync(path.join(portalDir, name), { recursive: true, force: true });
    }
  }
  say(`Threw away the data in ${stateDir}`);
}

/** Runs `work`, and ends every child on Ctrl-C, SIGTERM or failure. */
export async function withSession(options, work) {
  const session = await openSession(options);
  let closing;
  let signalled = false;
  const close = () => {
    closing ??= session.close();
    return closing;
  };
  const stopped = new Promise(resolve => {
    let asked = 0;
    const onSignal = signal => {
      asked += 1;
      if (asked === 1) {
        signalled = true;
        say(`Stopping (${signal}) …`);
        session.children.stopping = true;
        resolve();
      } else if (asked === 3) {
        say('Not waiting any longer; the next start cleans up');
        process.exit(130);
      }
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, onSignal);
    }
  });
  // Neither promises nor children without a channel hold the event loop: it
  // would end while a crashed child waits for its next start.
  const hold = setInterval(() => {}, 2 ** 30);
  try {
    await Promise.race([work(session, stopped), stopped]);
  } catch (error) {
    if (!session.children.stopping) {
      throw error;
    }
  } finally {
    clearInterval(hold);
    await close();
    if (signalled) {
      say('Stopped; the data is kept');
    }
  }
}

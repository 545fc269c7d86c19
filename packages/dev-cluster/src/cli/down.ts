import { existsSync } from 'node:fs';
import { CLUSTER_RECORD, runDir } from '../paths';
import { endLeftOvers, liveRecord, terminate } from '../processes';

/** The apiserver may take a while to end while watches are open. */
const GRACE_MS = 60_000;

/** `down`: ends the cluster of a state directory, however it was started. */
export async function down(stateDir: string): Promise<boolean> {
  const records = runDir(stateDir);
  if (!existsSync(records)) {
    return false;
  }
  const running = liveRecord(records, CLUSTER_RECORD);
  if (running) {
    await terminate(running, GRACE_MS);
  }
  await endLeftOvers(records);
  return running !== undefined;
}

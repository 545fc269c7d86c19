import { liveRecords, removeRecord } from './records';
import { terminate } from './terminate';

/** In this order; what isn't named (pods) ends before all of these. */
const ORDER = [
  'kube-scheduler',
  'kube-controller-manager',
  'kube-apiserver',
  'etcd',
];

/**
 * Ends every process recorded in a directory except the caller itself: what a
 * launcher that was killed left running.
 *
 * @public
 */
export async function endLeftOvers(dir: string): Promise<void> {
  const others = liveRecords(dir).filter(record => record.pid !== process.pid);
  const pods = others.filter(record => !ORDER.includes(record.name));
  await Promise.all(pods.map(record => end(dir, record)));
  for (const name of ORDER) {
    for (const record of others.filter(other => other.name === name)) {
      await end(dir, record);
    }
  }
}

async function end(
  dir: string,
  record: { name: string; pid: number; startTime: string },
): Promise<void> {
  await terminate(record, 10_000);
  removeRecord(dir, record.name);
}

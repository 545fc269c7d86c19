import { CLUSTER_RECORD, runDir } from '../paths';
import { liveRecord, liveRecords } from '../processes';

/** `status`: which processes of the cluster run. */
export function status(stateDir: string): { running: boolean; text: string } {
  const records = runDir(stateDir);
  const main = liveRecord(records, CLUSTER_RECORD);
  const others = liveRecords(records).filter(r => r.name !== CLUSTER_RECORD);
  const lines = [
    main
      ? `running (process ${main.pid}), state in ${stateDir}`
      : `not running, state in ${stateDir}`,
    ...others.map(r => `  ${r.name} (process ${r.pid})`),
  ];
  return { running: main !== undefined, text: lines.join('\n') };
}

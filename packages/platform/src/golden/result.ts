/** `skipped`: there is nothing to check here, and why is said. @public */
export type GoldenStatus = 'passed' | 'failed' | 'skipped';

/** One row of the table. @public */
export interface GoldenResult {
  /** What it belongs to, such as `nodes` or `storage`. */
  group: string;
  /** What was checked, such as `Deployment quant/quant-api`. */
  name: string;
  status: GoldenStatus;
  /** What was found; of a failure also what to do. */
  detail: string;
  /** How long it took to find out, in seconds, where that is of interest. */
  seconds?: number;
}

/** Makes the rows of one group. */
export function rowsOf(group: string) {
  return (
    name: string,
    status: GoldenStatus | boolean,
    detail: string,
  ): GoldenResult => ({
    group,
    name,
    status: typeof status === 'string' ? status : asStatus(status),
    detail,
  });
}

function asStatus(good: boolean): GoldenStatus {
  return good ? 'passed' : 'failed';
}

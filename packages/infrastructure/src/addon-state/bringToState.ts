import { decide, describeTrouble } from './decide';
import { AddonApi, WantedAddon } from './types';

/** @public */
export interface Pace {
  /** Between two looks. */
  pause(): Promise<void>;
  /** Whether there is still time for another one. */
  timeLeft(): boolean;
}

/**
 * Looks at an add-on and creates or changes it until it is as wanted and runs.
 *
 * @throws Error that says what EKS says, when it can't be or takes too long
 * @public
 */
export async function bringToState(
  wanted: WantedAddon,
  api: AddonApi,
  pace: Pace,
): Promise<void> {
  const versions = await api.versions();
  let changes = 0;
  for (;;) {
    const current = await api.describe();
    const step = decide(wanted, current, versions, changes);
    switch (step.do) {
      case 'nothing':
        return;
      case 'fail':
        throw new Error(step.message);
      case 'create':
        // Made by somebody else just now: the next look finds it.
        changes += (await api.create(step.version)) ? 1 : 0;
        break;
      case 'update':
        await api.update(step.version);
        changes += 1;
        break;
      default:
    }
    if (!pace.timeLeft()) {
      throw new Error(
        `The add-on ${wanted.addonName} is not ready in time: it ${
          current ? describeTrouble(current) : 'is not there'
        }.`,
      );
    }
    await pace.pause();
  }
}

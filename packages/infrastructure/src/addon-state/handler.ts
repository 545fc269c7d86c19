import { setTimeout as sleep } from 'node:timers/promises';
import { EKSClient } from '@aws-sdk/client-eks';
import { bringToState } from './bringToState';
import { eksAddonApi } from './eksAddonApi';
import { WantedAddon } from './types';

/** What CDK's provider framework asks. */
interface ProviderEvent {
  RequestType: 'Create' | 'Update' | 'Delete';
  ResourceProperties: { Wanted: string };
}

interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

const LOOK_EVERY_MS = 5_000;
/** For the last look and the answer. */
const SPARE_MS = 20_000;

/** Entry of the Lambda function behind every add-on of the cluster. */
export async function handler(
  event: ProviderEvent,
  context: LambdaContext,
): Promise<{ PhysicalResourceId: string }> {
  const wanted: WantedAddon = JSON.parse(event.ResourceProperties.Wanted);
  const api = eksAddonApi(new EKSClient({}), wanted);
  if (event.RequestType === 'Delete') {
    // Its pods stay: a rollback must not take the network away from under a
    // cluster that had it before. With the cluster they go anyhow.
    await api.release();
  } else {
    await bringToState(wanted, api, {
      pause: () => sleep(LOOK_EVERY_MS),
      timeLeft: () => context.getRemainingTimeInMillis() > SPARE_MS,
    });
  }
  return { PhysicalResourceId: `${wanted.clusterName}/${wanted.addonName}` };
}

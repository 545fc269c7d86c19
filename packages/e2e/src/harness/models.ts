import type { Portal } from './portal';
import { smolLm2Spec } from './specs';
import { waitFor } from './waitFor';

const MODELS = '/api/models/v1/models';

/** Makes a model through the API as a person, and waits until it is ready. */
export async function deployReady(
  portal: Portal,
  person: string,
  name: string,
  team: string,
): Promise<void> {
  const response = await portal.api(person, MODELS, {
    method: 'POST',
    body: { cluster: 'embedded', spec: smolLm2Spec(name, team) },
  });
  if (!response.ok) {
    throw new Error(`deploying ${name}: ${await response.text()}`);
  }
  await waitForState(portal, person, team, name, 'Ready');
}

/** Makes room again: the cluster of the tests has room for few models at a time. */
export async function remove(
  portal: Portal,
  person: string,
  name: string,
  team: string,
): Promise<void> {
  const response = await portal.api(
    person,
    `${MODELS}/embedded/${team}/${name}?deleteVolume=true`,
    { method: 'DELETE' },
  );
  if (!response.ok) {
    throw new Error(`deleting ${name}: ${await response.text()}`);
  }
}

/** Waits until the portal itself says so. */
export async function waitForState(
  portal: Portal,
  person: string,
  namespace: string,
  name: string,
  state: string,
): Promise<void> {
  await waitFor(
    `${namespace}/${name} to be ${state}`,
    async () => {
      const response = await portal.api(
        person,
        `${MODELS}/embedded/${namespace}/${name}`,
      );
      return (
        response.ok &&
        ((await response.json()) as { state: string }).state === state
      );
    },
    { timeoutSeconds: 180 },
  );
}

import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { loadKubeConfig } from '../kube/loadKubeConfig';
import { APPLICATION_KEY, CREDENTIAL_LABEL } from '../labels';
import { createApplicationKey } from './applicationKey';
import { readArguments, usage, UsageError, type KeyCommand } from './arguments';
import { keyTable, limitsText, storedKey } from './storedKeys';

const FIELD_MANAGER = 'llm-platform-gateway-key';

/** Where the tool writes and what time it is. @public */
export interface KeyToolEnvironment {
  /** Standard output: only what is asked for, so that it can be captured. */
  out(text: string): void;
  err(text: string): void;
  now(): number;
}

function apiOf({ kubeconfig }: KeyCommand): CoreV1Api {
  const kubeConfig = kubeconfig ? loadKubeConfig(kubeconfig) : new KubeConfig();
  if (!kubeconfig) {
    kubeConfig.loadFromDefault();
  }
  return kubeConfig.makeApiClient(CoreV1Api);
}

async function create(
  wanted: KeyCommand & { command: 'create' },
  environment: KeyToolEnvironment,
) {
  const { key, id, secret } = createApplicationKey(wanted);
  await apiOf(wanted).createNamespacedSecret({
    namespace: wanted.namespace,
    body: secret,
    fieldManager: FIELD_MANAGER,
  });
  environment.err(
    [
      `Key ${id} of team ${wanted.team} for ${wanted.models.join(', ')}, ${
        wanted.expires
          ? `until ${wanted.expires.toISOString()}`
          : 'without an end'
      }.`,
      `Its own limits: ${limitsText(wanted.limits ?? {}) || 'none'}.`,
      `It is shown this once. To end it: yarn gateway:key revoke ${id}`,
    ].join('\n'),
  );
  environment.out(key);
}

async function listed(command: KeyCommand, now: number) {
  const { items } = await apiOf(command).listNamespacedSecret({
    namespace: command.namespace,
    labelSelector: `${CREDENTIAL_LABEL}=${APPLICATION_KEY}`,
  });
  return items
    .map(secret => ({ secret, key: storedKey(secret, now) }))
    .sort(
      (a, b) =>
        a.key.team.localeCompare(b.key.team) ||
        a.key.id.localeCompare(b.key.id),
    );
}

async function list(
  command: KeyCommand & { command: 'list' },
  { out, now }: KeyToolEnvironment,
) {
  const keys = (await listed(command, now()))
    .map(({ key }) => key)
    .filter(key => command.team === undefined || key.team === command.team);
  out(keys.length > 0 ? keyTable(keys) : 'There are no keys.');
}

async function revoke(
  command: KeyCommand & { command: 'revoke' },
  { err, now }: KeyToolEnvironment,
) {
  const { id, namespace } = command;
  const found = (await listed(command, now())).find(({ key }) => key.id === id);
  if (!found) {
    throw new UsageError(`There is no key '${id}': list shows those there are`);
  }
  const { secret, key } = found;
  if (key.state === 'revoked') {
    err(`Key ${id} of team ${key.team} had been revoked already.`);
    return;
  }
  await apiOf(command).replaceNamespacedSecret({
    name: key.secret,
    namespace,
    // It carries its version, so that nobody's change in between is undone.
    body: {
      ...secret,
      stringData: { revoked: new Date(now()).toISOString() },
    },
    fieldManager: FIELD_MANAGER,
  });
  err(`Key ${id} of team ${key.team} is revoked.`);
}

/** Runs the key tool and tells its exit code: 0, 1 (failed) or 2 (used wrongly). @public */
export async function runKeyTool(
  args: string[],
  environment: KeyToolEnvironment,
): Promise<number> {
  try {
    const command = readArguments(args, environment.now());
    switch (command.command) {
      case 'create':
        await create(command, environment);
        break;
      case 'list':
        await list(command, environment);
        break;
      case 'revoke':
        await revoke(command, environment);
        break;
      default:
        environment.out(usage.trimEnd());
    }
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      environment.err(`${error.message}\n\n${usage.trimEnd()}`);
      return 2;
    }
    const { code, message } = error as { code?: unknown; message?: string };
    environment.err(
      `The cluster did not do it: ${code ?? ''} ${
        String(message).split('\n')[0]
      }`,
    );
    return 1;
  }
}

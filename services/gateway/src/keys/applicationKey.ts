import { createHash, randomBytes } from 'node:crypto';
import { APPLICATION_KEY, CREDENTIAL_LABEL, TEAM_LABEL } from '../labels';
import { limitTexts, type LimitSettings } from '../limits';

/** @public */
export interface NewApplicationKey {
  /** Shown once and kept nowhere. */
  key: string;
  id: string;
  /** The Secret that lets the gateway know the key: its hash, never itself. */
  secret: {
    apiVersion: 'v1';
    kind: 'Secret';
    metadata: {
      name: string;
      namespace: string;
      labels: Record<string, string>;
    };
    type: string;
    stringData: Record<string, string>;
  };
}

/** A new random application key and its Secret. @public */
export function createApplicationKey(options: {
  team: string;
  /** Route names; `['*']` for all of the team's. */
  models: string[];
  expires?: Date;
  /** What the key alone is limited to; its team's limits hold beside that. */
  limits?: LimitSettings;
  namespace: string;
}): NewApplicationKey {
  const key = `sk-llmp-${randomBytes(32).toString('base64url')}`;
  const id = randomBytes(6).toString('hex');
  return {
    key,
    id,
    secret: {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: `gateway-key-${id}`,
        namespace: options.namespace,
        labels: {
          [CREDENTIAL_LABEL]: APPLICATION_KEY,
          [TEAM_LABEL]: options.team,
          'app.kubernetes.io/part-of': 'llm-platform',
        },
      },
      type: 'Opaque',
      stringData: {
        id,
        hash: createHash('sha256').update(key).digest('hex'),
        team: options.team,
        models: JSON.stringify(options.models),
        ...(options.expires && { expires: options.expires.toISOString() }),
        ...limitTexts(options.limits ?? {}),
      },
    },
  };
}

import type { GatewayKey } from '@llm-platform/plugin-models-common';
import { createHash, randomBytes } from 'node:crypto';

/** A new random key, in the form that the gateway's own tool gives its keys. */
export function createGatewayKey(): GatewayKey {
  const key = `sk-llmp-${randomBytes(32).toString('base64url')}`;
  return {
    key,
    id: randomBytes(6).toString('hex'),
    hash: createHash('sha256').update(key).digest('hex'),
  };
}

import { V1Pod } from '@kubernetes/client-node';
import { ApiClient, corePath, toMillis } from '../api';

/** A service account's token, bound to its pod. @public */
export interface PodToken {
  token: string;
  /** When a new one is to be asked for, in milliseconds since 1970. */
  renewAt: number;
}

const DEFAULT_EXPIRATION_S = 3600;
/** The kubelet renews when a fifth of the life is left. */
const RENEW_SHARE = 0.8;

/** Asks for a token as the kubelet does for its pods. @public */
export async function requestToken(
  api: ApiClient,
  pod: V1Pod,
  audience: string | undefined,
  expirationSeconds = DEFAULT_EXPIRATION_S,
): Promise<PodToken> {
  const account = pod.spec?.serviceAccountName ?? 'default';
  const answer = await api.create<{
    status?: { token?: string; expirationTimestamp?: string };
  }>(`${corePath('serviceaccounts', pod.metadata?.namespace, account)}/token`, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: {
      audiences: audience ? [audience] : [],
      expirationSeconds,
      boundObjectRef: {
        apiVersion: 'v1',
        kind: 'Pod',
        name: pod.metadata?.name,
        uid: pod.metadata?.uid,
      },
    },
  });
  const token = answer.status?.token;
  if (!token) {
    throw new Error(`no token for service account ${account}`);
  }
  const now = Date.now();
  const expires =
    toMillis(answer.status?.expirationTimestamp) ??
    now + expirationSeconds * 1000;
  return { token, renewAt: now + (expires - now) * RENEW_SHARE };
}

import type { LimitSettings, LimitValues } from '../limits';
import { qualifiedName, type Route } from '../routes';

/** Who asks, after the credential was checked. @public */
export interface Credential {
  kind: 'application-key' | 'portal-token';
  /** Id of the key, or of the signing key of a token. */
  id: string;
  team: string;
  /** Route names; `*` stands for all routes of the team. */
  models: ReadonlySet<string>;
  /** The person, for a portal token. */
  subject?: string;
  /** What the key itself is limited to. */
  limits?: LimitValues;
}

/**
 * What a credential may do with a route. An application key that names a route
 * may use it whatever team it belongs to; `*` allows the team's own. Of the
 * rest, the team's own are `forbidden` and everybody else's are `hidden`.
 *
 * A portal token never reaches beyond its team: it names a route that the
 * portal knows by the name alone, and another team may have taken that name.
 *
 * @public
 */
export function accessOf(
  credential: Credential,
  route: Route,
): 'allowed' | 'forbidden' | 'hidden' {
  const isOwn = route.team === credential.team;
  if (!isOwn && credential.kind === 'portal-token') {
    return 'hidden';
  }
  if (credential.models.has(qualifiedName(route))) {
    return 'allowed';
  }
  if (!isOwn) {
    return 'hidden';
  }
  return credential.models.has('*') ? 'allowed' : 'forbidden';
}

/** An application key as it is stored: its hash, never the key. @public */
export interface ApplicationKeyRecord {
  id: string;
  /** Lower-case hex SHA-256 of the key. */
  hash: string;
  team: string;
  models: string[];
  /** Milliseconds since the epoch. */
  expiresAt?: number;
  limits?: LimitSettings;
}

/** One of the portal's public keys. @public */
export interface SigningKeyRecord {
  kid: string;
  jwk: Record<string, unknown>;
  /** Milliseconds since the epoch. */
  notAfter?: number;
}

/** @public */
export interface CredentialSink {
  onApplicationKeys(records: ApplicationKeyRecord[]): void;
  onSigningKeys(records: SigningKeyRecord[]): void;
  onProblem(message: string): void;
}

/** Where credentials come from. @public */
export interface CredentialSource {
  start(sink: CredentialSink): void;
  stop(): Promise<void>;
}

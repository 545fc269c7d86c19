import { randomUUID } from 'crypto';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import type { PublishedKey } from './types';

/** Issuer that the gateway expects. */
export const TOKEN_ISSUER = 'llm-platform-portal';
/** Audience that the gateway expects. */
export const TOKEN_AUDIENCE = 'llm-platform-gateway';
/** A token only has to live until the gateway has read the request's headers. */
export const TOKEN_LIFETIME_SECONDS = 120;

const ROTATE_AFTER_MS = 24 * 60 * 60 * 1000;
/** A retired key stays trusted while tokens and clocks may still refer to it. */
const GRACE_MS = 15 * 60 * 1000;

interface KeyPair {
  privateKey: CryptoKey;
  published: PublishedKey;
  rotateAt: number;
  notAfter: number;
}

/** Whom and what a token speaks for. */
export interface GatewayClaims {
  user: string;
  team: string;
  models: string[];
}

/**
 * The portal's signing keys. They are made at start and kept in memory only:
 * nothing that could be stolen from a disk or a Secret exists.
 */
export class SigningKeys {
  readonly #now: () => number;
  #pairs: KeyPair[] = [];
  #pending: Promise<KeyPair> | undefined;

  static create(options?: { now?: () => number }): SigningKeys {
    return new SigningKeys(options?.now ?? Date.now);
  }

  private constructor(now: () => number) {
    this.#now = now;
  }

  /** Public keys that the gateways must trust now; makes or rotates the key when it is due. */
  async published(): Promise<PublishedKey[]> {
    await this.#current();
    return this.#pairs.map(pair => pair.published);
  }

  async sign(claims: GatewayClaims): Promise<string> {
    const pair = await this.#current();
    const issuedAt = Math.floor(this.#now() / 1000);
    return new SignJWT({ team: claims.team, models: claims.models })
      .setProtectedHeader({ alg: 'EdDSA', kid: pair.published.kid, typ: 'JWT' })
      .setIssuer(TOKEN_ISSUER)
      .setAudience(TOKEN_AUDIENCE)
      .setSubject(claims.user)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + TOKEN_LIFETIME_SECONDS)
      .setJti(randomUUID())
      .sign(pair.privateKey);
  }

  async #current(): Promise<KeyPair> {
    const now = this.#now();
    this.#pairs = this.#pairs.filter(pair => pair.notAfter > now);
    const newest = this.#pairs.at(-1);
    if (newest && newest.rotateAt > now) {
      return newest;
    }
    // Requests that come while the key is being made share the one in the making
    this.#pending ??= this.#generate().finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  async #generate(): Promise<KeyPair> {
    const { publicKey, privateKey } = await generateKeyPair('EdDSA', {
      crv: 'Ed25519',
      extractable: false,
    });
    const now = this.#now();
    const notAfter = now + ROTATE_AFTER_MS + GRACE_MS;
    const pair: KeyPair = {
      privateKey,
      rotateAt: now + ROTATE_AFTER_MS,
      notAfter,
      published: {
        ...(await exportJWK(publicKey)),
        kid: randomUUID(),
        alg: 'EdDSA',
        use: 'sig',
        notAfter: new Date(notAfter).toISOString(),
      },
    };
    this.#pairs.push(pair);
    return pair;
  }
}

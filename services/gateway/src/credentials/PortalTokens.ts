import { createPublicKey, type KeyObject } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Credential, SigningKeyRecord } from './Credential';

const ISSUER = 'llm-platform-portal';
const AUDIENCE = 'llm-platform-gateway';
/** The portal signs for five minutes; a token that lives longer isn't its own. */
const LONGEST_LIFE_SECONDS = 5 * 60;
const CLOCK_TOLERANCE_SECONDS = 5;

const claimsSchema = z.object({
  sub: z.string().min(1).max(256),
  exp: z.number(),
  team: z.string().min(1).max(63),
  models: z.array(z.string().min(1).max(256)).max(1000),
});

/**
 * Checks the portal's short-lived EdDSA tokens against its public keys.
 *
 * @public
 */
export class PortalTokens {
  private keys = new Map<
    string,
    { key: KeyObject; notAfter: number | undefined }
  >();

  /** Takes over the keys and returns what is wrong with those it refused. */
  replace(records: SigningKeyRecord[]): string[] {
    const problems: string[] = [];
    const keys: typeof this.keys = new Map();
    for (const { kid, jwk, notAfter } of records) {
      if (jwk.kty !== 'OKP' || jwk.crv !== 'Ed25519') {
        problems.push(`signing key '${kid}' is not an Ed25519 key`);
      } else if ('d' in jwk) {
        problems.push(
          `signing key '${kid}' holds the private half and must be replaced`,
        );
      } else {
        try {
          keys.set(kid, {
            key: createPublicKey({ key: jwk, format: 'jwk' }),
            notAfter,
          });
        } catch {
          problems.push(`signing key '${kid}' is not a usable JWK`);
        }
      }
    }
    this.keys = keys;
    return problems;
  }

  async check(
    token: string,
    now: number,
  ): Promise<Credential | 'expired' | 'unknown'> {
    try {
      const { payload, protectedHeader } = await jwtVerify(
        token,
        header => this.keyFor(header.kid, now),
        {
          algorithms: ['EdDSA'],
          issuer: ISSUER,
          audience: AUDIENCE,
          requiredClaims: ['exp', 'sub'],
          clockTolerance: CLOCK_TOLERANCE_SECONDS,
          currentDate: new Date(now),
        },
      );
      const claims = claimsSchema.safeParse(payload);
      if (
        !claims.success ||
        claims.data.exp >
          now / 1000 + LONGEST_LIFE_SECONDS + CLOCK_TOLERANCE_SECONDS
      ) {
        return 'unknown';
      }
      return {
        kind: 'portal-token',
        id: protectedHeader.kid ?? '',
        team: claims.data.team,
        models: new Set(claims.data.models),
        subject: claims.data.sub,
      };
    } catch (error) {
      // Whatever else is wrong with a token, its sender learns only that it is.
      return error instanceof errors.JWTExpired ? 'expired' : 'unknown';
    }
  }

  private keyFor(kid: string | undefined, now: number): KeyObject {
    const found = this.keys.get(kid ?? '');
    if (!found || (found.notAfter !== undefined && found.notAfter <= now)) {
      throw new Error('unknown signing key');
    }
    return found.key;
  }
}

import { hash, timingSafeEqual } from 'node:crypto';
import { toLimitValues } from '../limits';
import type { ApplicationKeyRecord, Credential } from './Credential';

interface Entry {
  digest: Buffer;
  credential: Credential;
  expiresAt: number | undefined;
}

function toEntry(record: ApplicationKeyRecord): Entry {
  const limits = toLimitValues(record.limits);
  return {
    digest: Buffer.from(record.hash, 'hex'),
    expiresAt: record.expiresAt,
    credential: {
      kind: 'application-key',
      id: record.id,
      team: record.team,
      models: new Set(record.models),
      ...(limits && { limits }),
    },
  };
}

const NOTHING = Buffer.alloc(32);

/** Its bytes as text: hex digits take longer to make. */
function nameOf(digest: Buffer): string {
  return digest.toString('latin1');
}

/**
 * The application keys as they are now. A key is found by its SHA-256, which a
 * caller cannot steer towards a stored one, and then compared in constant time.
 *
 * @public
 */
export class ApplicationKeys {
  private entries = new Map<string, Entry>();

  replace(records: ApplicationKeyRecord[]): void {
    this.entries = new Map(
      records.map(record => {
        const entry = toEntry(record);
        return [nameOf(entry.digest), entry];
      }),
    );
  }

  /** The credentials of the keys that have not expired. */
  valid(now: number): Credential[] {
    return [...this.entries.values()]
      .filter(({ expiresAt }) => expiresAt === undefined || expiresAt > now)
      .map(({ credential }) => credential);
  }

  check(key: string, now: number): Credential | 'expired' | 'unknown' {
    const digest = hash('sha256', key, 'buffer');
    const entry = this.entries.get(nameOf(digest));
    if (!timingSafeEqual(digest, entry?.digest ?? NOTHING) || !entry) {
      return 'unknown';
    }
    if (entry.expiresAt !== undefined && entry.expiresAt <= now) {
      return 'expired';
    }
    return entry.credential;
  }
}

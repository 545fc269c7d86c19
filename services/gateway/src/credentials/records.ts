import { z } from 'zod';
import { keyLimitFields, pickLimits } from '../limits';
import { problemsOf } from '../problems';
import type { ApplicationKeyRecord, SigningKeyRecord } from './Credential';

const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('must be JSON');
    return z.NEVER;
  }
});

const isoTime = z.string().transform((text, context) => {
  const time = Date.parse(text);
  if (Number.isNaN(time)) {
    context.addIssue('must be an ISO 8601 time');
    return z.NEVER;
  }
  return time;
});

const applicationKeySchema = z.object({
  id: z.string().min(1).max(128),
  hash: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex'),
  team: z.string().min(1).max(63),
  models: jsonText.pipe(z.array(z.string().min(1).max(256)).max(1000)),
  expires: isoTime.optional(),
  revoked: z.string().optional(),
  ...keyLimitFields,
});

const signingKeySchema = jsonText.pipe(
  z.looseObject({ notAfter: isoTime.optional() }),
);

/** Text entries of a Secret or ConfigMap with their name. @public */
export interface NamedData {
  name: string;
  data: Record<string, string>;
}

/**
 * Application keys from the decoded data of their Secrets. One that can't be
 * understood is refused as a whole: half a restriction is none.
 *
 * @public
 */
export function readApplicationKeys(secrets: NamedData[]): {
  records: ApplicationKeyRecord[];
  problems: string[];
} {
  const records: ApplicationKeyRecord[] = [];
  const problems: string[] = [];
  for (const { name, data } of secrets) {
    const filled = Object.fromEntries(
      Object.entries(data).filter(([, value]) => value !== ''),
    );
    const result = applicationKeySchema.safeParse(filled);
    if (!result.success) {
      problems.push(
        `Secret '${name}' is no application key: ${problemsOf(
          result.error,
        ).join(', ')}`,
      );
    } else if (!result.data.revoked) {
      const { id, hash, team, models, expires } = result.data;
      const limits = pickLimits(result.data);
      records.push({
        id,
        hash,
        team,
        models,
        ...(expires !== undefined && { expiresAt: expires }),
        ...(limits && { limits }),
      });
    }
  }
  return { records, problems };
}

/** The portal's public keys from the data of their ConfigMap. @public */
export function readSigningKeys(data: Record<string, string>): {
  records: SigningKeyRecord[];
  problems: string[];
} {
  const records: SigningKeyRecord[] = [];
  const problems: string[] = [];
  for (const [kid, text] of Object.entries(data)) {
    const result = signingKeySchema.safeParse(text);
    if (result.success) {
      const { notAfter, ...jwk } = result.data;
      records.push({ kid, jwk, ...(notAfter !== undefined && { notAfter }) });
    } else {
      problems.push(
        `signing key '${kid}' is unreadable: ${problemsOf(result.error).join(
          ', ',
        )}`,
      );
    }
  }
  return { records, problems };
}

import { z } from 'zod';

/** What the person who brings up an account says. @public */
export interface AccountSettings {
  /** AWS account, 12 digits; undefined: whichever the credentials belong to. */
  account?: string;
  region: string;
  /** Gets the budget's warnings; undefined: only the topic does. */
  alarmEmail?: string;
  /** Who may reach the cluster's API from outside the network; empty: nobody. */
  apiCidrs: string[];
  /** IAM role or user that administers the cluster, beside whoever deploys it. */
  adminArn?: string;
}

const schema = z.strictObject({
  account: z
    .string()
    .regex(/^\d{12}$/, 'must be 12 digits')
    .optional(),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region, as us-west-2'),
  alarmEmail: z.email('must be an e-mail address').optional(),
  apiCidrs: z.array(
    z
      .cidrv4('must be an IPv4 range, as 203.0.113.7/32')
      .refine(cidr => !cidr.endsWith('/0'), 'must not be the whole internet'),
  ),
  adminArn: z
    .string()
    .regex(
      /^arn:aws:iam::\d{12}:(role|user)\/.+$/,
      'must be the ARN of a role or user',
    )
    .optional(),
});

/** @throws Error that names every value that is wrong, and why. @public */
export function parseAccountSettings(
  settings: Record<keyof AccountSettings, unknown> | AccountSettings,
): AccountSettings {
  const result = schema.safeParse(settings);
  if (!result.success) {
    throw new Error(
      result.error.issues
        .map(
          ({ path, message }) =>
            `${path.join('.')} ${JSON.stringify(
              path.reduce<unknown>(
                (value, key) =>
                  (value as Record<PropertyKey, unknown> | undefined)?.[key],
                settings,
              ),
            )}: ${message}`,
        )
        .join('\n'),
    );
  }
  return result.data;
}

const ECR = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(\/|$)/;

/**
 * Account and region of the registry that the manifests are deployed from, so
 * that what is made and what is pushed to can't be two different accounts.
 *
 * @returns nothing of it for a registry that isn't ECR, or none
 * @public
 */
export function accountOfRegistry(
  registry: string | undefined,
): Partial<Pick<AccountSettings, 'account' | 'region'>> {
  const [, account, region] = registry?.match(ECR) ?? [];
  return account ? { account, region } : {};
}

import { z } from 'zod';

/**
 * Thrown when the environment is not usable; the message lists every problem
 * at once, so that a misconfigured pod is fixed in one round.
 *
 * @public
 */
export class EnvironmentError extends Error {
  readonly problems: string[];

  constructor(problems: string[]) {
    super(
      `The environment is not valid:\n${problems
        .map(problem => `  - ${problem}`)
        .join('\n')}`,
    );
    this.name = 'EnvironmentError';
    this.problems = problems;
  }
}

/**
 * Validates the process environment once, against a zod object schema.
 * Variables that are set to an empty string count as not set, because that is
 * how a ConfigMap leaves them out. `rules` see the variables as they were given
 * and return the problems that concern several at once; they are reported
 * together with the schema's.
 *
 * @public
 */
export function readEnvironment<TSchema extends z.ZodObject>(
  schema: TSchema,
  env: Record<string, string | undefined> = process.env,
  rules: (given: Record<string, string | undefined>) => string[] = () => [],
): z.output<TSchema> {
  const given = Object.fromEntries(
    Object.keys(schema.shape).map(name => [
      name,
      env[name] === '' ? undefined : env[name],
    ]),
  );
  const result = schema.safeParse(given);
  const broken = rules(given);
  if (result.success && broken.length === 0) {
    return result.data;
  }
  const issues = result.success ? [] : result.error.issues;
  throw new EnvironmentError([
    ...issues.map(issue => `${issue.path.join('.')}: ${issue.message}`),
    ...broken,
  ]);
}

/** A whole number given as text, within bounds. @public */
export function envInteger(options: {
  min: number;
  max: number;
  default: number;
}) {
  const { min, max } = options;
  const problem = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, problem)
    .transform(Number)
    .refine(value => value >= min && value <= max, problem)
    .default(options.default);
}

/** A log level that pino knows. @public */
export function envLogLevel() {
  return z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info');
}

/**
 * What is wrong with the base URL of a service in the cluster, undefined where
 * nothing is. Plain http needs an explicit port: without one it means port 80,
 * where none of our services listens (incident 26).
 *
 * @public
 */
export function baseUrlProblem(text: string): string | undefined {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return `'${text}' is not a URL such as http://model.team.svc.cluster.local:8000`;
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return `'${text}' has the scheme ${url.protocol} where http: or https: is understood`;
  }
  if (url.username || url.password || url.search || url.hash) {
    return 'must hold no credentials, query or fragment';
  }
  if (url.protocol === 'http:' && !/^http:\/\/[^/]*:\d+(\/|$)/i.test(text)) {
    return `'${text}' has no port; without one http means port 80, and the services listen on 8000`;
  }
  return undefined;
}

/** A base URL in the cluster, given without a slash at its end. @public */
export function envBaseUrl() {
  return z
    .string()
    .superRefine((text, context) => {
      const problem = baseUrlProblem(text);
      if (problem) {
        context.addIssue({ code: 'custom', message: problem });
      }
    })
    .transform(withoutTrailingSlash);
}

/** @public */
export function withoutTrailingSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

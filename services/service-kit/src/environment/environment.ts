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
 * how a ConfigMap leaves them out.
 *
 * @public
 */
export function readEnvironment<TSchema extends z.ZodObject>(
  schema: TSchema,
  env: Record<string, string | undefined> = process.env,
): z.output<TSchema> {
  const given = Object.fromEntries(
    Object.keys(schema.shape).map(name => [
      name,
      env[name] === '' ? undefined : env[name],
    ]),
  );
  const result = schema.safeParse(given);
  if (result.success) {
    return result.data;
  }
  throw new EnvironmentError(
    result.error.issues.map(
      issue => `${issue.path.join('.')}: ${issue.message}`,
    ),
  );
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

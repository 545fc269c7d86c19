import { z } from 'zod';
import { imageProblem } from '../preflight/images';
import { toProblems } from '../spec/problems';
import { resourcesSchema } from '../spec/resourcesSchema';
import { quote, text, wholeNumber } from '../spec/rules';
import type { ParseSpecResult } from '../spec/parse';
import { MODEL_API_VERSION } from '../spec/types';
import { SERVICE_KIND, type TeamServiceSpec } from './types';

/** Short enough that a pod's name still shows it whole. */
const SERVICE_NAME = /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/;
const ROUTE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const NAMESPACE = ROUTE;
const GROUP_NAME = /^[a-z0-9]([-_.a-z0-9]{0,61}[a-z0-9])?$/;
const MODEL_ROUTE = /^[A-Za-z0-9][\w./:-]{0,127}$/;
/** As many as the gateway reads. */
const MOST_LIMIT = 1_000_000_000;

const limit = (unit: string) => wholeNumber(1, MOST_LIMIT, unit).optional();

function isWebAddress(value: string): boolean {
  try {
    const { protocol, username, password } = new URL(value);
    // A token in the URL would end up on an annotation that everybody of the team reads.
    return (
      ['http:', 'https:', 'file:'].includes(protocol) && !username && !password
    );
  } catch {
    return false;
  }
}

/** The one schema of a team service; unknown keys are refused. */
const teamServiceSpecSchema: z.ZodType<TeamServiceSpec> = z.strictObject({
  apiVersion: z.literal(MODEL_API_VERSION),
  kind: z.literal(SERVICE_KIND),
  metadata: z.strictObject({
    name: text(
      value => SERVICE_NAME.test(value),
      'must be 1 to 40 lower-case letters, digits and "-", start with a letter and end with a letter or digit',
      'for example "summaries"',
    ),
    namespace: text(
      value => NAMESPACE.test(value),
      'is no namespace: 1 to 63 lower-case letters, digits and "-"',
      "choose one of your team's namespaces",
    ),
    team: text(
      value => GROUP_NAME.test(value),
      'is no team: the name of a catalog Group is needed, without "group:default/"',
      'for example "quant"',
    ),
  }),
  spec: z.strictObject({
    route: text(
      value => ROUTE.test(value),
      'is no route: 1 to 63 lower-case letters, digits and "-"',
      'for example "quant", which is called at /api/quant/predict',
    ),
    model: text(
      value => MODEL_ROUTE.test(value),
      'is no name of a model at the gateway',
      "choose one of the team's models",
    ),
    image: z.string().superRefine((value, context) => {
      const problem = imageProblem(value);
      if (problem) {
        context.addIssue({
          code: 'custom',
          message: `${problem.message}: ${problem.remedy}`,
        });
      }
    }),
    replicas: wholeNumber(0, 16, 'replicas'),
    resources: resourcesSchema,
    limits: z.strictObject({
      requestsPerMinute: limit('requests'),
      tokensPerMinute: limit('tokens'),
    }),
    repository: z
      .string()
      .max(2048)
      .refine(isWebAddress, {
        error: issue =>
          `${quote(
            issue.input,
          )} is no address of a repository: an http(s) URL without a user or token in it`,
      })
      .optional(),
  }),
});

/** Checks any input (parsed JSON or YAML) against the schema. @public */
export function parseTeamServiceSpec(
  input: unknown,
): ParseSpecResult<TeamServiceSpec> {
  const result = teamServiceSpecSchema.safeParse(input);
  return result.success
    ? { ok: true, spec: result.data }
    : { ok: false, problems: toProblems(result.error, input) };
}

import type {
  FastifyInstance,
  FastifyTypeProvider,
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
} from 'fastify';
import { z } from 'zod';
import { errorCodes, ServiceError, type ErrorCode } from '../errors';

/** Types a route's body, params and query by the zod schemas it is declared with. @public */
export interface ZodTypeProvider extends FastifyTypeProvider {
  validator: this['schema'] extends z.ZodType
    ? z.output<this['schema']>
    : unknown;
  serializer: this['schema'] extends z.ZodType
    ? z.input<this['schema']>
    : unknown;
}

/** The app that a team service adds its routes to. @public */
export type TeamServiceApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

const MOST_ISSUES = 10;

function refusal(error: z.ZodError, part: string): ServiceError {
  const issues = error.issues.map(issue => {
    const path = issue.path.join('.');
    return `${path || part}: ${issue.message}`;
  });
  const more = issues.length - MOST_ISSUES;
  return new ServiceError(
    'invalid_request',
    `${issues.slice(0, MOST_ISSUES).join('; ')}${
      more > 0 ? `; and ${more} more` : ''
    }`,
  );
}

/** What is wrong with a value, without repeating the value itself: it may be a prompt. */
function parse(schema: z.ZodType, part: string, data: unknown) {
  const result = schema.safeParse(data);
  return result.success
    ? { value: result.data }
    : { error: refusal(result.error, part) };
}

/**
 * Lets routes be declared with zod schemas, JSON bodies whatever they are
 * called, and problems named field by field.
 */
export function useZod(app: FastifyInstance): TeamServiceApp {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    '*',
    { parseAs: 'string' },
    (_request, body: string, done) => {
      try {
        done(null, JSON.parse(body));
      } catch {
        done(
          new ServiceError('invalid_json', 'The body is not valid JSON.'),
          undefined,
        );
      }
    },
  );
  app.setValidatorCompiler<z.ZodType>(
    ({ schema, httpPart }) =>
      data =>
        parse(schema, httpPart ?? 'request', data),
  );
  // The handlers are typed by the same schemas; checking twice would only cost.
  app.setSerializerCompiler(() => data => JSON.stringify(data));
  return app.withTypeProvider<ZodTypeProvider>();
}

/** The error object as the OpenAPI document shows it. */
const apiError = z.object({
  error: z.string(),
  message: z.string(),
  request_id: z.string(),
});

/**
 * The responses of a route that are errors, by status, each with its codes.
 *
 * @public
 */
export function problems(
  codes: readonly ErrorCode[],
): Record<number, z.ZodType> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of [...codes, 'internal_error' as const]) {
    const { status } = errorCodes[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, those]) => [
      status,
      apiError
        .extend({ error: z.enum(those) })
        .describe(
          those
            .map(code => `\`${code}\`: ${errorCodes[code].meaning}`)
            .join(' '),
        ),
    ]),
  );
}

import type { z } from 'zod';

/** What a schema found wrong, one text per problem, each with the field's name. */
export function problemsOf(error: z.ZodError): string[] {
  return error.issues.map(
    issue => `${issue.path.join('.') || 'value'} ${issue.message}`,
  );
}

import { baseUrlProblem } from '@llm-platform/service-kit';
import { z } from 'zod';

/** Where a variant is: on a server of its own, or beside the default model under another name. */
export type VariantTarget = { baseUrl: string } | { servedName: string };

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;
const MOST_VARIANTS = 32;

function readTarget(text: string): VariantTarget | { problem: string } {
  if (!text.includes('://')) {
    return { servedName: text };
  }
  const problem = baseUrlProblem(text);
  return problem
    ? { problem }
    : { baseUrl: text.replace(/\/+$/, '').replace(/\/v1$/, '') };
}

function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' &&
      parsed !== null &&
      !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The variable VARIANTS: a JSON object of variant names and where each is, a
 * base URL or the name that the default backend serves it under. `undefined`
 * means whatever the default backend serves.
 */
export function envVariants() {
  return z
    .string()
    .transform((text, context) => {
      const refuse = (message: string) =>
        context.addIssue({ code: 'custom', message });
      const variants = new Map<string, VariantTarget>();
      const given = readObject(text);
      if (!given) {
        refuse(
          'must be a JSON object such as {"bf16":"served-name","int8":"http://model.team.svc.cluster.local:8000"}',
        );
        return variants;
      }
      const entries = Object.entries(given);
      if (entries.length === 0 || entries.length > MOST_VARIANTS) {
        refuse(`must have 1 to ${MOST_VARIANTS} variants`);
      }
      for (const [name, value] of entries) {
        if (!NAME.test(name)) {
          refuse(
            `'${name}' is no name for a variant: letters, digits, '.', '_' and '-', 63 at most`,
          );
        } else if (typeof value !== 'string' || value === '') {
          refuse(`'${name}' must be a base URL or a served model name`);
        } else {
          const target = readTarget(value);
          if ('problem' in target) {
            refuse(`'${name}': ${target.problem}`);
          } else {
            variants.set(name, target);
          }
        }
      }
      return variants;
    })
    .optional();
}

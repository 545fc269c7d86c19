import { parse } from 'yaml';
import { z } from 'zod';

const entry = z
  .object({
    apiVersion: z.string(),
    kind: z.string(),
    namespace: z.string().optional(),
    name: z.string(),
    /** Who or what makes it, for people. */
    madeBy: z.string().min(1),
    /** Keys of a Secret or ConfigMap. */
    keys: z.array(z.string()).optional(),
    /** A StorageClass that claims without a class get. */
    default: z.boolean().optional(),
  })
  .strict();

/**
 * An object that an overlay uses but doesn't have: a Secret made at install, a
 * CRD, a StorageClass of an add-on.
 *
 * @public
 */
export type OutsideObject = z.infer<typeof entry>;

/** Reads an overlay's outside.yaml. Throws with the path of what is wrong. @public */
export function parseOutside(text: string): OutsideObject[] {
  const result = z.array(entry).safeParse(parse(text) ?? []);
  if (!result.success) {
    throw new Error(`outside.yaml: ${z.prettifyError(result.error)}`);
  }
  return result.data;
}
